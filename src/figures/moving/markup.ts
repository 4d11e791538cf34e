import { stableJson, type Json } from "../../core/index.js";
import { escapeMarkup, scriptJson } from "../text/index.js";
import { checkMoving, type Moving, type MovingAxis, type MovingSymbol } from "./moving.js";
import { pack, partOf, PLOT, unpack } from "./packed.js";
import { MOVING_SCRIPT } from "./script.js";
import { MOVING_STYLE } from "./style.js";

const [WIDTH, HEIGHT] = [PLOT.left + PLOT.width + PLOT.right, PLOT.top + PLOT.height + PLOT.bottom];
/** Shapes about the origin, but for the end of the element. */
const SHAPES: { readonly [name in MovingSymbol]: string } = {
  dot: '<circle r="3.5"',
  square: '<path d="M-3-3H3V3H-3Z"',
  triangle: '<path d="M0-4.2L4 3H-4Z"',
  diamond: '<path d="M0-8L8 0L0 8L-8 0Z"',
  cross: '<path d="M-6-6L6 6M6-6L-6 6"',
};
const DATA_CLASS = "pal-moving-data";

/**
 * A moving picture as markup: the last frame as a picture, controls that the page's script shows, and the data of all frames, once. Without
 * scripts the last frame stays.
 */
export function movingMarkup(moving: Moving): string {
  checkMoving("movingMarkup", moving);
  const short = pack(moving);
  // as it is read back: the script moves nothing where nothing moves
  const drawn = unpack(short);
  const { title, unit, frames, points, x, y } = drawn;
  const last = frames.length - 1;
  const packed = scriptJson(stableJson(short as unknown as Json));
  const key = points.map(
    ({ name, color, symbol = "dot" }, i) =>
      `<span class="c${color ?? i % 4}"><svg class="${symbol}" viewBox="-9 -9 18 18" aria-hidden="true">${SHAPES[symbol]}/></svg>${escapeMarkup(name)}</span>`,
  );
  return [
    `<figure class="pal-moving" role="group" aria-label="${escapeMarkup(title)}">`,
    `<style>${MOVING_STYLE}</style>`,
    `<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeMarkup(`${title}. ${frames[last].said}`)}">`,
    axes(x, y),
    ...points.map((each, i) => kind(each, i, drawn)),
    `</svg>`,
    `<p class="key">${key.join(" ")}</p>`,
    `<p class="said" aria-live="polite">${escapeMarkup(frames[last].said)}</p>`,
    `<div class="controls" hidden>`,
    `<button type="button" data-does="play" aria-pressed="false">Play</button>`,
    `<button type="button" data-does="back" aria-label="one ${escapeMarkup(unit)} back">‹ back</button>`,
    `<input type="range" min="0" max="${last}" step="1" value="${last}" aria-label="${escapeMarkup(unit)}" aria-valuetext="${escapeMarkup(`${unit} ${frames[last].label}`)}">`,
    `<button type="button" data-does="on" aria-label="one ${escapeMarkup(unit)} on">on ›</button>`,
    `<span class="now" aria-hidden="true">${escapeMarkup(`${unit} ${frames[last].label}`)}</span>`,
    `</div>`,
    `<figcaption>${escapeMarkup(title)}</figcaption>`,
    `<script type="application/json" class="${DATA_CLASS}">${packed}</script>`,
    `</figure>`,
  ].join("\n");
}

/** The same with its script, for the output of a notebook's cell. */
export function movingOutput(moving: Moving): string {
  return `${movingMarkup(moving)}\n<script>${MOVING_SCRIPT}</script>\n`;
}

/** The moving picture that {@link movingOutput} wrote, read from its data alone; undefined for any other markup. */
export function movingIn(markup: string): Moving | undefined {
  const pattern = new RegExp(`<script type="application/json" class="${DATA_CLASS}">([^<]*)</script>`);
  const found = pattern.exec(markup)?.[1];
  if (found === undefined) return undefined;
  try {
    return unpack(JSON.parse(found));
  } catch {
    return undefined;
  }
}

/** Pixels of a place: rounded as the script rounds. */
function place(value: number, axis: MovingAxis, length: number): number {
  return Math.round(10 * partOf(value, axis) * length) / 10;
}

function kind(
  { color, symbol = "dot", frames }: Moving["points"][number],
  i: number,
  { x, y }: Moving,
): string {
  const drawn = frames[frames.length - 1].map(([a, b]) => {
    const [px, py] = [PLOT.left + place(a, x, PLOT.width), PLOT.top + PLOT.height - place(b, y, PLOT.height)];
    return `${SHAPES[symbol]} transform="translate(${rounded(px)} ${rounded(py)})"/>`;
  });
  return `<g class="points c${color ?? i % 4} ${symbol}">${drawn.join("")}</g>`;
}

function rounded(value: number): string {
  return String(Math.round(10 * value) / 10);
}

/** The frame of the plot, ticks and titles of the axes. */
function axes(x: MovingAxis, y: MovingAxis): string {
  const { left, top, width, height } = PLOT;
  const [right, bottom] = [left + width, top + height];
  const across = (x.ticks ?? []).map(([at, text]) => {
    const px = rounded(left + place(at, x, width));
    return `<path class="grid" d="M${px} ${top}V${bottom}"/><text x="${px}" y="${bottom + 16}" text-anchor="middle">${escapeMarkup(text)}</text>`;
  });
  const up = (y.ticks ?? []).map(([at, text]) => {
    const py = bottom - place(at, y, height);
    return `<path class="grid" d="M${left} ${rounded(py)}H${right}"/><text x="${left - 6}" y="${rounded(py + 4)}" text-anchor="end">${escapeMarkup(text)}</text>`;
  });
  const middle = top + height / 2;
  return [
    ...across,
    ...up,
    `<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<text x="${left + width / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeMarkup(x.title)}</text>`,
    `<text x="14" y="${middle}" text-anchor="middle" transform="rotate(-90 14 ${middle})">${escapeMarkup(y.title)}</text>`,
  ].join("");
}
