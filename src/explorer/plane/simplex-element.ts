import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { prototypeColor } from "../../figures/theme/index.js";
import type { Frame } from "../worker/protocol.js";
import { userColors } from "./colors.js";
import { dots } from "./dots.js";
import { inksOf } from "./inks.js";
import { View } from "./view.js";

/** What a picture of people's states shows. */
export interface StatesScene {
  /** [U, S] */
  readonly states: Float32Array;
  readonly kind: Frame["stateKind"];
  readonly users: number;
  readonly chosen: number;
}

/** People as mixtures of prototypes, which stand at the corners; of a latent z, people at its mean. */
export class SimplexElement extends LitElement {
  static override properties = { scene: { attribute: false } };
  declare scene: StatesScene | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): TemplateResult {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { scene } = this;
    const canvas = this.querySelector("canvas");
    const size = Math.round(this.clientWidth);
    const context = canvas?.getContext("2d");
    if (scene === undefined || canvas === null || size === 0 || context === null || context === undefined)
      return;
    const density = window.devicePixelRatio;
    const pixels = Math.round(size * density);
    // a canvas is 300 x 150 of its own
    if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
    context.setTransform(density, 0, 0, density, 0, 0);
    const inks = inksOf(this);
    context.fillStyle = inks.ground;
    context.fillRect(0, 0, size, size);
    const corners = scene.kind === "weights" ? cornersOf(scene.states.length / scene.users) : [];
    const view = new View(size, scene.kind === "weights" ? 1.2 : farthest(scene.states));
    drawCorners(context, corners, { view, line: inks.line });
    const isMixed = scene.kind === "weights";
    const colors = userColors(isMixed ? scene.states : new Float32Array(scene.users).fill(1), scene.users);
    const place = (user: number): Corner => {
      const [x, y] = placeOf(scene, user, corners);
      return [view.x(x), view.y(y)];
    };
    dots(context, colors, 2.6, place);
    const [x, y] = place(scene.chosen);
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.fillStyle = colors[scene.chosen];
    context.fill();
    context.strokeStyle = inks.ink;
    context.lineWidth = 2;
    context.stroke();
  }
}

type Corner = readonly [x: number, y: number];

/** The corners of a regular shape, the first above: two are a line. */
export function cornersOf(k: number): Corner[] {
  if (k === 1) return [[0, 0]];
  if (k === 2) return [[-1, 0], [1, 0]]; // prettier-ignore
  return Array.from({ length: k }, (_, i) => {
    const angle = Math.PI / 2 - (2 * Math.PI * i) / k;
    return [Math.cos(angle), Math.sin(angle) - (k === 3 ? 0.15 : 0)];
  });
}

function placeOf({ states, users }: StatesScene, user: number, corners: readonly Corner[]): Corner {
  const width = states.length / users;
  const own = states.subarray(user * width, (user + 1) * width);
  if (corners.length === 0) return [own[0], own[1] ?? 0];
  let [x, y] = [0, 0];
  corners.forEach(([cornerX, cornerY], k) => {
    x += own[k] * cornerX;
    y += own[k] * cornerY;
  });
  return [x, y];
}

function drawCorners(
  context: CanvasRenderingContext2D,
  corners: readonly Corner[],
  { view, line }: { readonly view: View; readonly line: string },
): void {
  context.strokeStyle = line;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(view.x(x), view.y(y));
  context.closePath();
  context.stroke();
  corners.forEach(([x, y], k) => {
    context.beginPath();
    context.arc(view.x(x), view.y(y), 7, 0, 2 * Math.PI);
    context.fillStyle = prototypeColor(k);
    context.fill();
  });
}

function farthest(states: Float32Array): number {
  return 1.15 * states.reduce((most, value) => Math.max(most, Math.abs(value)), 0.5);
}

customElements.define("pal-simplex", SimplexElement);
