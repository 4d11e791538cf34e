/** How a small round mark looks. */
export interface Mark {
  readonly radius: number;
  readonly color: string;
  /** Width of the line of a ring; without it the mark is filled. */
  readonly line?: number;
}

const stamps = new Map<string, OffscreenCanvas>();

/** Puts a mark at a place, by copying a picture of it that is drawn once: thousands a frame. */
export function stamp(context: CanvasRenderingContext2D, x: number, y: number, mark: Mark): void {
  const picture = pictureOf(mark, window.devicePixelRatio);
  const side = sideOf(mark);
  context.drawImage(picture, x - side / 2, y - side / 2, side, side);
}

function sideOf({ radius, line = 0 }: Mark): number {
  return 2 * Math.ceil(radius + line / 2 + 1);
}

function pictureOf(mark: Mark, density: number): OffscreenCanvas {
  const { radius, color, line } = mark;
  const key = `${color} ${radius} ${line} ${density}`;
  const before = stamps.get(key);
  if (before !== undefined) return before;
  const side = sideOf(mark);
  const picture = new OffscreenCanvas(Math.ceil(side * density), Math.ceil(side * density));
  const context = picture.getContext("2d");
  if (context !== null) {
    context.scale(picture.width / side, picture.height / side);
    context.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
    if (line === undefined) {
      context.fillStyle = color;
      context.fill();
    } else {
      context.strokeStyle = color;
      context.lineWidth = line;
      context.stroke();
    }
  }
  stamps.set(key, picture);
  return picture;
}
