import { prototypeColor } from "../../figures/theme/index.js";
import type { Plane } from "../worker/protocol.js";
import { dots } from "./dots.js";
import { hull, type Scene } from "./scene.js";

import type { View } from "./view.js";

/** Colours of a look, light or dark. */
export interface Inks {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  /** Red, green, blue of what is liked most. */
  readonly liked: readonly [number, number, number];
}

type Context = CanvasRenderingContext2D;
type Use = { readonly view: View; readonly inks: Inks };

/** Numbers of coordinates from which marks are smaller. */
const MANY = 1000;

const TURN = 2 * Math.PI;

/** The layer below: rewards of the chosen user, axes, and the shape between the model's prototypes. */
export function drawGround(context: Context, scene: Scene, { view, inks }: Use): void {
  const { size } = view;
  context.fillStyle = inks.ground;
  context.fillRect(0, 0, size, size);
  if (scene.field !== undefined) drawField(context, scene.field, { size, liked: inks.liked });
  context.strokeStyle = inks.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(view.x(0), 0);
  context.lineTo(view.x(0), size);
  context.moveTo(0, view.y(0));
  context.lineTo(size, view.y(0));
  context.stroke();
  const corners = hull(scene.prototypes);
  if (corners.length < 2) return;
  context.beginPath();
  for (const index of corners)
    context.lineTo(view.x(scene.prototypes[2 * index]), view.y(scene.prototypes[2 * index + 1]));
  context.closePath();
  context.strokeStyle = inks.quiet;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** Shades: the more, the more liked; the upper half of the range, so that the best places stand out. */
function drawField(
  context: Context,
  { side, values }: NonNullable<Scene["field"]>,
  { size, liked }: { readonly size: number; readonly liked: Inks["liked"] },
): void {
  const sorted = Float32Array.from(values).sort();
  const [low, high] = [sorted[Math.floor(sorted.length * 0.4)], sorted[sorted.length - 1]];
  const image = new ImageData(side, side);
  for (let i = 0; i < values.length; i++) {
    const share = high > low ? Math.max(0, (values[i] - low) / (high - low)) : 0;
    const row = side - 1 - Math.floor(i / side);
    image.data.set([...liked, Math.round(150 * share * share)], 4 * (row * side + (i % side)));
  }
  const small = new OffscreenCanvas(side, side);
  small.getContext("2d")?.putImageData(image, 0, 0);
  // the first and last points of the grid lie on the edges
  const cell = size / (side - 1);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, -cell / 2, -cell / 2, size + cell, size + cell);
}

/** The layer above: items, people, prototypes, and what is true of them. */
export function drawPoints(context: Context, scene: Scene, { view, inks }: Use): void {
  context.clearRect(0, 0, view.size, view.size);
  drawItems(context, scene, { view, inks });
  if (scene.isTruthShown) drawTrueUsers(context, scene, { view, inks });
  drawUsers(context, scene, { view, inks });
  drawPrototypes(context, scene, { view, inks });
}

function drawItems(context: Context, { items, modelItems }: Scene, { view, inks }: Use): void {
  const side = items.length > 600 ? 2 : 3;
  context.fillStyle = inks.quiet;
  for (let i = 0; i < items.length; i += 2)
    context.fillRect(view.x(items[i]) - side / 2, view.y(items[i + 1]) - side / 2, side, side);
  if (modelItems === undefined || modelItems.length !== items.length) return;
  context.strokeStyle = inks.quiet;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  joined(context, view, items, modelItems);
  context.globalAlpha = 1;
}

/** A line from each point to its other place. */
function joined(context: Context, view: View, from: Plane, to: Plane): void {
  context.beginPath();
  for (let i = 0; i < from.length; i += 2) {
    context.moveTo(view.x(from[i]), view.y(from[i + 1]));
    context.lineTo(view.x(to[i]), view.y(to[i + 1]));
  }
  context.stroke();
}

function drawTrueUsers(context: Context, { trueUsers }: Scene, { view, inks }: Use): void {
  const radius = trueUsers.length > MANY ? 2.5 : 4.5;
  context.strokeStyle = inks.ink;
  context.globalAlpha = 0.4;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < trueUsers.length; i += 2) {
    const [x, y] = [view.x(trueUsers[i]), view.y(trueUsers[i + 1])];
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, TURN);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawUsers(context: Context, scene: Scene, { view, inks }: Use): void {
  const { users, colors, chosen, trueUsers } = scene;
  dots(context, colors, 3.4, (user) => [view.x(users[2 * user]), view.y(users[2 * user + 1])]);
  if (users.length === 0 || !scene.isTruthShown) return;
  context.strokeStyle = inks.ink;
  context.lineWidth = 1.5;
  const own = (places: Plane): Plane => places.subarray(2 * chosen, 2 * chosen + 2);
  joined(context, view, own(trueUsers), own(users));
}

/** The model's prototypes as large points, the true ones as crosses in a ring. */
function drawPrototypes(context: Context, scene: Scene, { view, inks }: Use): void {
  const { prototypes, truePrototypes } = scene;
  for (let i = 0; i < prototypes.length; i += 2) {
    context.beginPath();
    context.arc(view.x(prototypes[i]), view.y(prototypes[i + 1]), 8, 0, TURN);
    context.fillStyle = prototypeColor(i / 2);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = inks.ground;
    context.stroke();
  }
  if (!scene.isTruthShown) return;
  context.strokeStyle = inks.ink;
  context.lineWidth = 2;
  for (let i = 0; i < truePrototypes.length; i += 2) {
    const [x, y] = [view.x(truePrototypes[i]), view.y(truePrototypes[i + 1])];
    context.beginPath();
    context.moveTo(x - 6, y);
    context.lineTo(x + 6, y);
    context.moveTo(x, y - 6);
    context.lineTo(x, y + 6);
    context.stroke();
  }
}
