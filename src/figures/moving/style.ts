/** Colours of points on a light and on a dark ground: each has 3 : 1 at least on its own. */
export const MOVING_COLORS = {
  light: ["#0072B2", "#A65F00", "#00795A", "#A8457F"],
  dark: ["#6CB9EE", "#F0B342", "#3FCF9F", "#EA9CC8"],
} as const;

const variables = (of: readonly string[]): string => of.map((color, i) => `--c${i}:${color}`).join(";");

/** The look of a moving picture, of no other element: ink is that of its page, colours follow its ground. Nothing slides: a step is a step. */
export const MOVING_STYLE = [
  `.pal-moving{margin:0;max-width:560px;${variables(MOVING_COLORS.light)}}`,
  `@media screen and (prefers-color-scheme:dark){.pal-moving{${variables(MOVING_COLORS.dark)}}}`,
  // a notebook has a look of its own, whatever the system's is
  `[data-jp-theme-light=true] .pal-moving{${variables(MOVING_COLORS.light)}}`,
  `[data-jp-theme-light=false] .pal-moving{${variables(MOVING_COLORS.dark)}}`,
  `.pal-moving .plot{width:100%;height:auto;display:block}`,
  `.pal-moving text{fill:currentColor;font:13px Arimo,Arial,Helvetica,sans-serif}`,
  `.pal-moving .axis,.pal-moving .grid{fill:none;stroke:currentColor;opacity:.6}.pal-moving .grid{opacity:.15}`,
  ...[0, 1, 2, 3].map(
    (i) => `.pal-moving .c${i} svg>*,.pal-moving g.c${i}>*{fill:var(--c${i});stroke:var(--c${i})}`,
  ),
  `.pal-moving .points>*,.pal-moving .key svg>*{stroke-width:0}`,
  `.pal-moving .diamond>*{fill-opacity:0!important;stroke-width:2.5!important}.pal-moving .cross>*{stroke-width:3!important}`,
  `.pal-moving .key{display:flex;flex-wrap:wrap;gap:2px 16px;margin:2px 0}.pal-moving .key span{display:inline-flex;align-items:center;gap:4px}`,
  `.pal-moving .key svg{width:16px;height:16px;flex:none}.pal-moving .said{margin:2px 0;min-height:1.5em}`,
  `.pal-moving .controls{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:4px 0}.pal-moving .controls[hidden]{display:none}`,
  `.pal-moving .controls input{flex:1;min-width:120px;margin:0}.pal-moving .controls .now{min-width:6em}`,
  `@media print{.pal-moving .controls{display:none}}`,
].join("\n");
