// Adam and AdamW in one pass over values, gradients and both moments.

/**
 * One step. `correction1` = 1 / (1 - beta1^t), `correction2` = 1 / (1 - beta2^t). Decay is coupled (added to the gradient: Adam's L2)
 * or decoupled (values shrink by rate · decay first: AdamW). n is a multiple of 4.
 */
export function adam(
  n: i32, value: usize, gradient: usize, first: usize, second: usize,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, correction1: f32, correction2: f32, decay: f32, decoupled: bool,
): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate * correction1);
  const k2 = f32x4.splat(correction2);
  const eps = f32x4.splat(epsilon);
  const coupled = f32x4.splat(decoupled ? 0 : decay);
  const shrink = f32x4.splat(decoupled ? 1 - rate * decay : 1);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    let x = v128.load(value + i);
    const g = f32x4.add(v128.load(gradient + i), f32x4.mul(coupled, x));
    x = f32x4.mul(x, shrink);
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + i)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + i)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, k2)), eps);
    v128.store(value + i, f32x4.sub(x, f32x4.div(f32x4.mul(step, m), root)));
  }
}
