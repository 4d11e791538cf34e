import type { Inks } from "./draw.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
/** Of each look: asking for styles in every frame would cost more than drawing. */
const known = new Map<boolean, Inks>();

/** The colours that the page's style gives an element at the moment, light or dark. */
export function inksOf(element: Element): Inks {
  const isDark = dark.matches;
  const before = known.get(isDark);
  if (before !== undefined) return before;
  const inks = read(element, isDark);
  known.set(isDark, inks);
  return inks;
}

function read(element: Element, isDark: boolean): Inks {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ...{ ground: value("--ground"), ink: value("--ink"), quiet: value("--quiet"), line: value("--line") },
    liked: isDark ? [111, 211, 174] : [0, 114, 178],
  };
}
