import { html, LitElement, svg, type PropertyValues, type TemplateResult } from "lit";
import type { Moved } from "../state/settings.js";
import { drawGround, drawPoints, type Inks } from "./draw.js";
import { inksOf } from "./inks.js";
import { pick, type Picked } from "./pick.js";
import type { Scene } from "./scene.js";
import { View } from "./view.js";

/** What the plane tells who mounted it: the detail of its `pal-plane` event. */
export type PlaneEvent =
  | { readonly kind: "choose"; readonly user: number }
  | { readonly kind: "drag"; readonly moved: Moved }
  /** A drag by pointer or keys has ended. */
  | { readonly kind: "drop"; readonly moved: Moved };

/** How far an arrow key moves, and with Shift. */
const STEP = 0.05;
const LARGE_STEP = 0.5;
const ARROWS: { readonly [key: string]: readonly [number, number] | undefined } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The plane: two layers of canvas, and over them what takes focus: the chosen user, an item, and the true prototypes, which pointers and arrow keys move.
 */
export class PlaneElement extends LitElement {
  static override properties = { scene: { attribute: false }, item: { state: true } };
  declare scene: Scene | undefined;
  /** The item that has a handle. */
  declare item: number;
  #view = new View(300);
  #held?: { readonly picked: Picked; readonly fromX: number; readonly fromY: number; readonly id: number };
  /** Where what has focus was when it got it. */
  #origin?: Moved;
  #ground?: Pick<Scene, "field" | "prototypes"> & { readonly width: number; readonly inks: Inks };
  readonly #contexts = new WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>();
  readonly #resized = new ResizeObserver(() => this.requestUpdate());
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #redraw = (): void => this.requestUpdate();

  constructor() {
    super();
    this.item = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#dark.addEventListener("change", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#dark.removeEventListener("change", this.#redraw);
  }

  override render(): TemplateResult {
    const { scene } = this;
    return html`<div class="plane">
      <canvas class="ground" aria-hidden="true"></canvas>
      <canvas
        class="points"
        aria-hidden="true"
        @pointerdown=${(event: PointerEvent) => this.#press(event)}
        @pointermove=${(event: PointerEvent) => this.#drag(event)}
        @pointerup=${(event: PointerEvent) => this.#release(event)}
        @pointercancel=${(event: PointerEvent) => this.#release(event)}
      ></canvas>
      <svg class="handles" role="group" aria-label="What can be moved: arrow keys move what has focus">
        ${scene === undefined ? "" : handlesOf(scene, this.item).map((handle) => this.#handle(handle))}
      </svg>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#draw();
  }

  #draw(): void {
    const { scene } = this;
    const [ground, points] = this.querySelectorAll("canvas");
    const size = Math.round(this.clientWidth);
    if (scene === undefined || size === 0) return;
    if (this.#view.size !== size) {
      this.#view = new View(size);
      // handles stand where the picture now has them
      this.requestUpdate();
    }
    const density = window.devicePixelRatio;
    const inks = inksOf(this);
    for (const canvas of [ground, points]) {
      const pixels = Math.round(size * density);
      if (canvas.width !== pixels || canvas.height !== pixels) canvas.width = canvas.height = pixels;
      const context = this.#contexts.get(canvas) ?? canvas.getContext("2d");
      if (context === null) continue;
      this.#contexts.set(canvas, context);
      if (canvas === ground && !this.#isNewGround(scene, canvas, inks)) continue;
      context.setTransform(density, 0, 0, density, 0, 0);
      (canvas === ground ? drawGround : drawPoints)(context, scene, { view: this.#view, inks });
    }
  }

  /** Whether the layer below is another than the one that is drawn. */
  #isNewGround({ field, prototypes }: Scene, { width }: HTMLCanvasElement, inks: Inks): boolean {
    const [drawn, now] = [this.#ground, { field, prototypes, width, inks }];
    this.#ground = now;
    return !(Object.keys(now) as (keyof typeof now)[]).every((key) => drawn?.[key] === now[key]);
  }

  #handle(handle: Handle): TemplateResult {
    const { what, index, x, y, name } = handle;
    const place = `${x.toFixed(2)}, ${y.toFixed(2)}`;
    const choice = what === "prototype" ? "" : ", Page Up and Page Down take another";
    return svg`<g
      tabindex="0"
      role="application"
      aria-roledescription="movable point"
      aria-label="${name} at ${place}: arrow keys move it, with Shift farther, Escape puts it back${choice}"
      data-what=${what}
      transform="translate(${this.#view.x(x).toFixed(1)} ${this.#view.y(y).toFixed(1)})"
      @focus=${() => (this.#origin = { what, index, x, y })}
      @keydown=${(event: KeyboardEvent) => this.#key(event, handle)}
      @pointerdown=${(event: PointerEvent) => this.#take(event, handle)}
      @pointermove=${(event: PointerEvent) => this.#drag(event)}
      @pointerup=${(event: PointerEvent) => this.#release(event)}
      @pointercancel=${(event: PointerEvent) => this.#release(event)}
    ><circle class="reach" r="16"></circle><circle class="mark" r=${what === "item" ? 6 : 10}></circle></g>` as unknown as TemplateResult;
  }

  #press(event: PointerEvent): void {
    if (this.scene === undefined) return;
    const { left, top } = this.getBoundingClientRect();
    const picked = pick(this.scene, this.#view, event.clientX - left, event.clientY - top);
    if (picked === undefined) return;
    if (picked.what === "user") this.#tell({ kind: "choose", user: picked.index });
    if (picked.what === "item") this.item = picked.index;
    // a finger that moves over the picture scrolls the page: what it touched has a handle now
    if (event.pointerType !== "touch") this.#take(event, picked);
  }

  #take(event: PointerEvent, picked: Picked): void {
    const [fromX, fromY] = this.#view.at(event.clientX, event.clientY);
    this.#held = { picked, fromX, fromY, id: event.pointerId };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    const moved = this.#movedTo(event);
    if (moved !== undefined && event.buttons > 0) this.#tell({ kind: "drag", moved });
  }

  #release(event: PointerEvent): void {
    const moved = this.#movedTo(event);
    const held = this.#held;
    this.#held = undefined;
    if (moved === undefined || held === undefined) return;
    // a click chooses, and moves nothing
    if (Math.hypot(moved.x - held.picked.x, moved.y - held.picked.y) > 0.01)
      this.#tell({ kind: "drop", moved });
  }

  #movedTo(event: PointerEvent): Moved | undefined {
    const held = this.#held;
    if (held === undefined || held.id !== event.pointerId) return undefined;
    const [x, y] = this.#view.at(event.clientX, event.clientY);
    const { what, index, x: atX, y: atY } = held.picked;
    if (x === held.fromX && y === held.fromY) return undefined;
    return { what, index, x: atX + x - held.fromX, y: atY + y - held.fromY };
  }

  #key(event: KeyboardEvent, { what, index, x, y }: Handle): void {
    const arrow = ARROWS[event.key];
    const turn = { PageUp: -1, PageDown: 1 }[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      this.#tell({ kind: "drop", moved: { what, index, x: x + step * arrow[0], y: y + step * arrow[1] } });
    } else if (event.key === "Escape" && this.#origin?.what === what && this.#origin.index === index)
      this.#tell({ kind: "drop", moved: this.#origin });
    else if (turn !== undefined && what !== "prototype") this.#another(what, index + turn);
    else return;
    event.preventDefault();
  }

  #another(what: "user" | "item", index: number): void {
    const { scene } = this;
    const places = what === "user" ? scene?.trueUsers : scene?.items;
    if (places === undefined || places.length === 0) return;
    const count = places.length / 2;
    const next = (index + count) % count;
    this.#origin = { what, index: next, x: places[2 * next], y: places[2 * next + 1] };
    if (what === "item") this.item = next;
    else this.#tell({ kind: "choose", user: next });
  }

  #tell(detail: PlaneEvent): void {
    this.dispatchEvent(new CustomEvent<PlaneEvent>("pal-plane", { detail, bubbles: true }));
  }
}

interface Handle extends Picked {
  readonly name: string;
}

/** What takes focus, in the order of Tab. */
function handlesOf(scene: Scene, item: number): Handle[] {
  const { chosen, trueUsers, items, truePrototypes, isTruthShown } = scene;
  const at = (what: Moved["what"], index: number, places: Float32Array): Handle => ({
    ...{ what, index, x: places[2 * index], y: places[2 * index + 1] },
    name: what === "prototype" ? `true prototype ${index + 1}` : `${what} ${index}`,
  });
  const prototypes = Array.from({ length: isTruthShown ? truePrototypes.length / 2 : 0 }, (_, index) =>
    at("prototype", index, truePrototypes),
  );
  return [
    at("user", chosen, trueUsers),
    at("item", Math.min(item, items.length / 2 - 1), items),
    ...prototypes,
  ];
}

customElements.define("pal-plane", PlaneElement);
