/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The six numbers of an affine map as in SVG's `matrix(a b c d e f)`. */
export type Affine = readonly [number, number, number, number, number, number];

export const IDENTITY: Affine = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The map that an SVG `transform` attribute means; functions it does not know (skew) count as identity. */
export function parseTransform(attribute: string | null): Affine {
  let result = IDENTITY;
  for (const [, name, list] of (attribute ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = (list.match(/-?[\d.]+(?:e-?\d+)?/gi) ?? []).map(Number);
    result = compose(result, one(name, values));
  }
  return result;
}

/** The smallest upright rectangle around the image of `box`. */
export function mapBox(map: Affine, box: Box): Box {
  const [a, b, c, d, e, f] = map;
  const xs = [box.x, box.x + box.width];
  const ys = [box.y, box.y + box.height];
  const points = xs.flatMap((x) => ys.map((y) => [a * x + c * y + e, b * x + d * y + f] as const));
  return around(points);
}

/** The smallest upright rectangle around all of `boxes`; undefined when there is none. */
export function unite(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  return around(
    boxes.flatMap((box) => [[box.x, box.y] as const, [box.x + box.width, box.y + box.height] as const]),
  );
}

/** The smallest upright rectangle around `points`, at least one. */
export function around(points: readonly (readonly [number, number])[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function one(name: string, values: readonly number[]): Affine {
  const [v0 = 0, v1, v2, v3 = 0, v4 = 0, v5 = 0] = values;
  if (name === "translate") return [1, 0, 0, 1, v0, v1 ?? 0];
  if (name === "scale") return [v0, 0, 0, v1 ?? v0, 0, 0];
  if (name === "matrix") return [v0, v1 ?? 0, v2 ?? 0, v3, v4, v5];
  if (name !== "rotate") return IDENTITY;
  const angle = (v0 * Math.PI) / 180;
  const turn: Affine = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
  if (v1 === undefined) return turn;
  const [cx, cy] = [v1, v2 ?? 0];
  return compose(compose([1, 0, 0, 1, cx, cy], turn), [1, 0, 0, 1, -cx, -cy]);
}
