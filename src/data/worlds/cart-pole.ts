import {
  checkInteger,
  checkKeys,
  checkObject,
  InputError,
  show,
  type RandomStream,
} from "../../core/index.js";

/** What a state of the cart is made of, in order: metres, metres a second, radians from upright, radians a second. */
export const CART_POLE_VARIABLES = ["cart position", "cart speed", "pole angle", "pole speed"] as const;

/** Within these the true reward of a state is 1: metres from the middle, and radians from upright. */
export const CART_POLE_LIMITS = { position: 2.4, angle: (12 * Math.PI) / 180 } as const;

const VARIABLES = CART_POLE_VARIABLES.length;
const [GRAVITY, CART, POLE, HALF_LENGTH, FORCE, SECONDS] = [9.8, 1, 0.1, 0.5, 10, 0.02];

/**
 * Moves a cart with a pole on it by one step of 0.02 s, in place: a push of 10 N to the right or, below 0, to the left; Euler's method.
 * @param state [4], as {@link CART_POLE_VARIABLES} names it
 * @throws InputError for what is no state
 * @source Barto, Sutton and Anderson 1983, as usually implemented (masses 1 and 0.1 kg, half length 0.5 m, no friction)
 */
export function pushCart(state: Float64Array, push: number): void {
  if (!(state instanceof Float64Array)) fail("pushCart", "a Float64Array", state);
  checkState("pushCart", state);
  const [position, speed, angle, turn] = state;
  const { sin, cos } = turned(angle);
  const mass = CART + POLE;
  const pull = ((push < 0 ? -FORCE : FORCE) + POLE * HALF_LENGTH * turn * turn * sin) / mass;
  const faster = (GRAVITY * sin - cos * pull) / (HALF_LENGTH * (4 / 3 - (POLE * cos * cos) / mass));
  state[0] = position + SECONDS * speed;
  state[1] = speed + SECONDS * (pull - (POLE * HALF_LENGTH * faster * cos) / mass);
  state[2] = angle + SECONDS * turn;
  state[3] = turn + SECONDS * faster;
}

/** Sine and cosine in plain arithmetic: the same bits on every engine. By their series at an eighth of the angle, doubled three times. */
function turned(angle: number): { sin: number; cos: number } {
  const x = (angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))) / 8;
  const y = x * x;
  let sin = x * (1 - (y / 6) * (1 - (y / 20) * (1 - (y / 42) * (1 - (y / 72) * (1 - y / 110)))));
  let cos = 1 - (y / 2) * (1 - (y / 12) * (1 - (y / 30) * (1 - (y / 56) * (1 - (y / 90) * (1 - y / 132)))));
  for (let i = 0; i < 3; i++) [sin, cos] = [2 * sin * cos, 1 - 2 * sin * sin];
  return { sin, cos };
}

/** The true reward of a state: 1 within both limits, else 0. @throws InputError for what is no state */
export function cartPoleReward(state: ArrayLike<number>): number {
  checkState("cartPoleReward", state);
  return Math.abs(state[0]) < CART_POLE_LIMITS.position && Math.abs(state[2]) < CART_POLE_LIMITS.angle
    ? 1
    : 0;
}

function checkState(caller: string, state: ArrayLike<number>): void {
  if ((state as ArrayLike<number> | null | undefined)?.length !== VARIABLES) fail(caller, "numbers", state);
}

function fail(caller: string, of: string, state: unknown): never {
  throw new InputError(
    `${caller}: state must be ${of} for ${CART_POLE_VARIABLES.join(", ")}, ${VARIABLES} in all, got ${show(state)}`,
  );
}

/** Snippets of random pushes, of states [snippets, states, 4]. */
export interface Snippets {
  readonly snippets: number;
  /** States in each. */
  readonly states: number;
  /** Row-major [snippets, states, variables]. */
  readonly values: Float64Array;
}

/** How far from 0 each variable begins, evenly: both limits are crossed now and then. */
const STARTS = [3.2, 1, 0.3, 1];

/** Snippets that begin anywhere around the limits, a random push at each step. @throws InputError */
export function cartPoleSnippets(options: {
  readonly snippets: number;
  readonly states: number;
  readonly rng: RandomStream;
}): Snippets {
  checkObject(
    "cartPoleSnippets: options",
    options,
    ["snippets", "states", "rng"],
    "an object { snippets, states, rng }",
  );
  checkKeys("cartPoleSnippets", options, ["snippets", "states", "rng"]);
  const { snippets, states, rng } = options;
  checkInteger("cartPoleSnippets: snippets", snippets, { min: 1 });
  checkInteger("cartPoleSnippets: states", states, { min: 1 });
  const values = new Float64Array(snippets * states * VARIABLES);
  const state = new Float64Array(VARIABLES);
  for (let row = 0; row < snippets * states; row++) {
    if (row % states === 0) STARTS.forEach((most, j) => (state[j] = (2 * rng.uniform() - 1) * most));
    else pushCart(state, rng.uniform() - 0.5);
    values.set(state, row * VARIABLES);
  }
  return { snippets, states, values };
}
