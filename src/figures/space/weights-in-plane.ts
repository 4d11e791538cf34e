import type { Weights } from "../theme/index.js";
import type { PlanePoints } from "./plane-points.js";

/**
 * Weights on two or three prototypes of who lies between them in the plane: barycentric coordinates, 0 where somebody lies outside;
 * undefined for other numbers of prototypes, and for prototypes on one line.
 */
export function weightsInPlane(point: Point, prototypes: PlanePoints): Weights {
  if (prototypes.length === 2) return onSegment(point, prototypes[0], prototypes[1]);
  if (prototypes.length !== 3) return undefined;
  const [a, b, c] = prototypes;
  const area = cross(a, b, c);
  if (Math.abs(area) < 1e-12) return undefined;
  const parts = [cross(point, b, c), cross(a, point, c), cross(a, b, point)];
  const held = parts.map((part) => Math.max(0, part / area));
  const total = held.reduce((sum, part) => sum + part, 0);
  return held.map((part) => part / total);
}

type Point = PlanePoints[number];

function onSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): Weights {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  if (length === 0) return undefined;
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return [1 - along, along];
}

/** Twice the signed area of a triangle. */
function cross([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
}
