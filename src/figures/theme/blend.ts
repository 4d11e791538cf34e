import { checkNumbers, InputError } from "../../core/index.js";

type Triple = readonly [number, number, number];

/**
 * The mixture of colours by weight, mixed in OKLab, where equal steps look equal: half blue and half orange is as far from both.
 * Source: https://bottosson.github.io/posts/oklab/.
 * @param colors "#rrggbb"
 * @param weights >= 0, one for each colour, not all 0; they need not sum to 1
 * @returns "#rrggbb"
 */
export function blend(colors: readonly string[], weights: readonly number[]): string {
  checkNumbers("blend: weights", weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (colors.length === 0 || colors.length !== weights.length || !(total > 0) || weights.some((w) => w < 0))
    throw new InputError(
      `blend: needs a weight >= 0 for each colour, and one above 0; got ${colors.length} colours and weights ${weights.join(", ")}`,
    );
  const parts = colors.map((color) => toLab(linearOf(color)));
  const mixed = [0, 1, 2].map((axis) =>
    parts.reduce((sum, part, i) => sum + (weights[i] / total) * part[axis], 0),
  );
  return hexOf(fromLab(mixed as unknown as Triple));
}

/** Linear light, 0-1, of "#rrggbb". */
function linearOf(color: string): Triple {
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color);
  if (digits === null) throw new InputError(`blend: colours must be "#rrggbb", got "${color}"`);
  const light = digits.slice(1).map((pair) => {
    const value = Number.parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return light as unknown as Triple;
}

function hexOf(light: Triple): string {
  const digits = light.map((value) => {
    const held = Math.min(1, Math.max(0, value));
    const shown = held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055;
    return Math.round(255 * shown).toString(16).padStart(2, "0"); // prettier-ignore
  });
  return `#${digits.join("").toUpperCase()}`;
}

function toLab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
