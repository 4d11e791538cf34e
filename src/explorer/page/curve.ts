import { html, svg, type TemplateResult } from "lit";

/** A level that a curve is seen beside. */
export interface CurveLevel {
  readonly name: string;
  readonly value: number;
}

/** One curve of a training: what it is, its points, and levels beside it. */
export interface Curve {
  readonly title: string;
  /** [pass, value] by turns. */
  readonly points: ArrayLike<number>;
  readonly passes: number;
  readonly range: readonly [low: number, high: number];
  readonly levels?: readonly CurveLevel[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [300, 140, 34, 20, 18];

/** A curve as a picture, which a text describes. */
export function curvePicture({ title, points, passes, range, levels = [] }: Curve): TemplateResult {
  const [low, high] = range;
  const x = (pass: number): number => LEFT + (pass / Math.max(1, passes)) * (WIDTH - LEFT - 6);
  const y = (value: number): number => {
    const share = (value - low) / Math.max(1e-9, high - low);
    return HEIGHT - BOTTOM - Math.min(1, Math.max(0, share)) * (HEIGHT - BOTTOM - TOP);
  };
  const steps: string[] = [];
  for (let i = 0; i < points.length; i += 2)
    steps.push(`${i === 0 ? "M" : "L"}${x(points[i]).toFixed(1)} ${y(points[i + 1]).toFixed(1)}`);
  const last =
    points.length === 0
      ? "no pass yet"
      : `${points[points.length - 1].toFixed(2)} after pass ${points[points.length - 2]}`;
  const said = levels.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join(", ");
  return html`<figure class="curve">
    <figcaption>${title}</figcaption>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${title}: ${last}${said === "" ? "" : `; ${said}`}"
    >
      <path class="axis" d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - 6}" />
      ${[low, high].map((value) => svg`<text x=${LEFT - 4} y=${y(value) + 4} text-anchor="end">${tick(value)}</text>`)}
      <text x=${WIDTH - 6} y=${HEIGHT - 5} text-anchor="end">${passes} passes</text>
      ${levels.map(
        ({ name, value }, i) =>
          svg`<path class="level level-${i}" d="M${LEFT} ${y(value).toFixed(1)}H${WIDTH - 6}" />
          <text class="level-name" x=${WIDTH - 8} text-anchor="end" y=${(y(value) - 4).toFixed(1)}>${name}</text>`,
      )}
      <path class="line" d=${steps.join("")} />
    </svg>
  </figure>`;
}

function tick(value: number): string {
  return Number(value.toPrecision(2)).toString();
}
