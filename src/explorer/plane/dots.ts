const TURN = 2 * Math.PI;

/** So many marks and more are squares, which are drawn in half the time of circles. */
const MANY = 500;

/** Marks of people in pixels: circles of a radius, smaller squares where they are many. @param at where each stands */
export function dots(
  context: CanvasRenderingContext2D,
  colors: readonly string[],
  radius: number,
  at: (user: number) => readonly [x: number, y: number],
): void {
  const isMany = colors.length >= MANY;
  const side = 1.2 * radius;
  let color = "";
  for (let user = 0; user < colors.length; user++) {
    const [x, y] = at(user);
    if (color !== colors[user]) context.fillStyle = color = colors[user];
    if (isMany) {
      context.fillRect(x - side / 2, y - side / 2, side, side);
      continue;
    }
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
    context.fill();
  }
}
