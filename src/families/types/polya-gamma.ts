import { exp, log, type RandomStream } from "../../core/index.js";

/** Where the two bounds of the density meet. */
const T = 0.64;
const PI2 = Math.PI * Math.PI;

/**
 * A draw of PG(1, z), the mixing variable that makes a logistic likelihood Gaussian.
 * @source Polson, Scott and Windle 2013, algorithm 1 of the supplement (Devroye's method for the Jacobi distribution)
 */
export function polyaGamma(z: number, rng: RandomStream): number {
  const half = Math.abs(z) / 2;
  const rate = PI2 / 8 + (half * half) / 2;
  const right = (Math.PI / (2 * rate)) * exp(-rate * T);
  const left = 2 * exp(-half) * inverseGaussianCdf(half);
  for (;;) {
    const x =
      rng.uniform() * (right + left) < right ? T - log(1 - rng.uniform()) / rate : truncated(half, rng);
    if (accept(x, rng)) return x / 4;
  }
}

/** The alternating series of the density at x decides after few terms. */
function accept(x: number, rng: RandomStream): boolean {
  let sum = term(0, x);
  const y = rng.uniform() * sum;
  for (let n = 1; ; n++) {
    if (n % 2 === 1) {
      sum -= term(n, x);
      if (y <= sum) return true;
    } else {
      sum += term(n, x);
      if (y > sum) return false;
    }
  }
}

function term(n: number, x: number): number {
  const a = n + 0.5;
  if (x > T) return Math.PI * a * exp((-a * a * PI2 * x) / 2);
  const ratio = 2 / (Math.PI * x);
  return Math.PI * a * ratio * Math.sqrt(ratio) * exp((-2 * a * a) / x);
}

/** An inverse Gaussian of mean 1 / z and shape 1, at most T. */
function truncated(z: number, rng: RandomStream): number {
  if (z < 1 / T) {
    for (;;) {
      let e = exponential(rng);
      let f = exponential(rng);
      while (e * e > (2 * f) / T) {
        e = exponential(rng);
        f = exponential(rng);
      }
      const scale = 1 + T * e;
      const x = T / (scale * scale);
      if (rng.uniform() <= exp((-z * z * x) / 2)) return x;
    }
  }
  const mean = 1 / z;
  for (;;) {
    const normal = rng.normal();
    const y = normal * normal;
    const root = Math.sqrt(4 * mean * y + mean * mean * y * y);
    let x = mean + 0.5 * mean * mean * y - 0.5 * mean * root;
    if (rng.uniform() > mean / (mean + x)) x = (mean * mean) / x;
    if (x <= T) return x;
  }
}

function exponential(rng: RandomStream): number {
  return -log(1 - rng.uniform());
}

/** P(x <= T) of an inverse Gaussian of mean 1 / z and shape 1. */
function inverseGaussianCdf(z: number): number {
  const root = Math.sqrt(1 / T);
  return normalCdf(root * (T * z - 1)) + exp(2 * z) * normalCdf(-root * (T * z + 1));
}

/** Φ(x), error below 1.2e-7 relative (Numerical Recipes' erfc). */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  const series =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t *
                      (0.27886807 +
                        t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = 0.5 * t * exp(-z * z + series);
  return x >= 0 ? 1 - tail : tail;
}
