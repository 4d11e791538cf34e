import { REACH } from "../worker/protocol.js";

/** Square pictures of a plane: coordinates from -reach to reach, the second upwards. */
export class View {
  /** @param size pixels of a side */
  constructor(
    readonly size: number,
    readonly reach: number = REACH,
  ) {}

  /** Pixels from the left; what lies beyond stands at the edge. */
  x(value: number): number {
    return ((this.#held(value) / this.reach + 1) / 2) * this.size;
  }

  /** Pixels from the top. */
  y(value: number): number {
    return ((1 - this.#held(value) / this.reach) / 2) * this.size;
  }

  /** Where pixels lie in the plane. */
  at(left: number, top: number): readonly [x: number, y: number] {
    return [(2 * (left / this.size) - 1) * this.reach, (1 - 2 * (top / this.size)) * this.reach];
  }

  #held(value: number): number {
    const most = this.reach * 0.985;
    return Math.min(most, Math.max(-most, value));
  }
}
