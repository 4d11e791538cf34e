import type { PlotlyObject } from "../figure.js";
import { INK, MUTED } from "./palette.js";
import { breakLines, plainText } from "./text.js";

/** Pixels of a line of a title, and of the text below it. */
export const TITLE_LINE = 21;
const SIZE = { title: 16, subtitle: 13 } as const;
/** Plotly's own subtitles stand a line and a half away: a subtitle is a part of the title in a smaller, grey font. */
const QUIET = `<span style="color:${MUTED};font-size:${SIZE.subtitle}px">`;

/** A title and the grey text below it, as a layout has them; `lines` is how many lines both take. */
export interface Title {
  readonly lines: number;
  readonly title?: PlotlyObject;
}

/** The title of a figure of this width in pixels, from plain texts; no title, no subtitle. */
export function titleOf(title: string, subtitle: string, width: number): Title {
  return markupTitle(plainText(title), plainText(subtitle), width);
}

/** The same from texts that are markup already, as {@link titleParts} gives them. */
export function markupTitle(title: string, subtitle: string, width: number): Title {
  if (title === "") return { lines: 0 };
  const above = breakLines(title, Math.floor(width / 8.4));
  const below = subtitle === "" ? [] : breakLines(subtitle, Math.floor((width - 32) / 6.6));
  const all = [...above, ...below.map((line) => `${QUIET}${line}</span>`)];
  return {
    lines: all.length,
    title: {
      text: all.join("<br>"),
      font: { size: SIZE.title, color: INK },
      ...{ x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top" },
      // Plotly sets the first of several lines higher than a single one
      pad: { l: 16, t: all.length > 1 ? 25 : 14 },
    },
  };
}

/** What a title that {@link titleOf} made says and what stands below it, each in one line of markup. */
export function titleParts(text: string): { readonly title: string; readonly subtitle: string } {
  const lines = text.split("<br>");
  const small = lines.filter((line) => line.startsWith(QUIET));
  return {
    title: lines.filter((line) => !line.startsWith(QUIET)).join(" "),
    subtitle: small.map((line) => line.slice(QUIET.length, -"</span>".length)).join(" "),
  };
}
