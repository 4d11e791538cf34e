import type { Inks } from "./draw.js";

/** The colours that the page's style gives an element at the moment, light or dark. */
export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return {
    ...{ ground: value("--ground"), ink: value("--ink"), quiet: value("--quiet"), line: value("--line") },
    liked: isDark ? [111, 211, 174] : [0, 114, 178],
  };
}
