import { InputError, type RandomStream } from "../core/index.js";
import { checkIql, type IqlOptions, type OfflineData, type Settings } from "./iql-options.js";
import { advantageWeight, expectileSlope } from "./iql-losses.js";
import { Mlp } from "./mlp.js";
import { softmax } from "./softmax.js";

/** A policy for every latent. */
export interface LatentPolicy {
  /** The chance of each move in each state for a latent [l], row-major [S, A]. @throws InputError for a latent of another length */
  chances(latent: ArrayLike<number>): Float64Array;
}

/**
 * A policy fitted offline by implicit Q-learning, one for all latents: a latent stands beside the state. V(s, z) is the `expectile` of Q(s, a, z) over the
 * moves that were made, Q(s, a, z) regresses on r(s', z) + gamma V(s', z), and moves are then learned weighted by e^(temperature (Q - V)), at most 100.
 * No move is valued that nobody made. A step takes some of the latents, and all transitions under each; V and Q come first, the policy behind them.
 * Networks of two relu layers; one Q and its slow target, where the authors take the smaller of two. Values begin at the mean reward over 1 - gamma.
 * @source Kostrikov, Nair and Levine 2021 (IQL), arXiv 2110.06169, algorithm 1; expectile 0.9, temperature 10, gamma 0.99 and tau 0.005 as VPL's maze has
 * them; width, steps and step size are ours, for a table of states
 * @throws InputError for data that do not fit each other, or an option out of its range
 */
export function fitIql(data: OfflineData, options: IqlOptions): LatentPolicy {
  const settings = checkIql(data, options);
  const fit = new Fit(data, settings);
  for (let step = 0; step < settings.steps; step++) fit.values(annealed(settings, step / settings.steps));
  for (let step = 0; step < settings.policySteps; step++)
    fit.policy(annealed(settings, step / settings.policySteps));
  return { chances: (latent) => fit.chances(latent) };
}

/** The networks of a fit, and its data as they need them. */
class Fit {
  readonly #data: OfflineData;
  readonly #settings: Settings;
  readonly #v: Mlp;
  readonly #q: Mlp;
  readonly #target: Mlp;
  readonly #policy: Mlp;
  /** Numbers of a state and of a latent. */
  readonly #columns: readonly [number, number];
  /** How much of the transitions each move in each state is, [S, A]. */
  readonly #made: Float64Array;
  readonly #drawn: RandomStream;

  constructor(data: OfflineData, settings: Settings) {
    const { moves, features, latents, rewards, transitions } = data;
    const { rng, width } = settings;
    [this.#data, this.#settings, this.#drawn] = [data, settings, rng.split("latents")];
    this.#columns = [features.length / moves.states, (latents.length * moves.states) / rewards.length];
    const net = (name: string, outputs: number): Mlp =>
      new Mlp([this.#columns[0] + this.#columns[1], width, width, outputs], rng.split(name));
    [this.#v, this.#policy] = [net("v", 1), net("policy", moves.actions)];
    [this.#q, this.#target] = [net("q", moves.actions), net("q", moves.actions)];
    // values begin at what the mean reward is worth for ever: learning so large a number takes many steps
    const total = Array.from(rewards).reduce((sum, value) => sum + value, 0);
    const forEver = total / rewards.length / (1 - settings.gamma);
    for (const net of [this.#v, this.#q, this.#target]) net.lift(forEver);
    this.#made = new Float64Array(moves.states * moves.actions);
    const { state, action } = transitions;
    state.forEach((s, row) => (this.#made[s * moves.actions + action[row]] += 1 / state.length));
  }

  /** A step of V and of Q, and one of Q's target after it. */
  values(rate: number): void {
    const { moves, rewards } = this.#data;
    const { states, actions, next } = moves;
    const { gamma, expectile, tau } = this.#settings;
    const made = this.#made;
    const rows = this.#draw();
    const input = this.#inputs(rows.map((row) => this.#latent(row)));
    const [v, q, slow] = [this.#v, this.#q, this.#target].map((net) => net.forward(input));
    const [slopeV, slopeQ] = [new Float64Array(v.length), new Float64Array(q.length)];
    rows.forEach((row, b) => {
      for (let s = 0; s < states; s++) {
        const own = b * states + s;
        for (let a = 0; a < actions; a++) {
          const part = made[s * actions + a] / rows.length;
          const to = next[s * actions + a];
          const worth = rewards[row * states + to] + gamma * v[b * states + to];
          slopeV[own] -= part * expectileSlope(slow[own * actions + a] - v[own], expectile);
          slopeQ[own * actions + a] = 2 * part * (q[own * actions + a] - worth);
        }
      }
    });
    this.#v.descend(slopeV, rate);
    this.#q.descend(slopeQ, rate);
    this.#target.follow(this.#q, tau);
  }

  /** A step of the policy towards the moves that were better than V says. */
  policy(rate: number): void {
    const { actions } = this.#data.moves;
    const rows = this.#draw();
    const input = this.#inputs(rows.map((row) => this.#latent(row)));
    const [v, slow, logits] = [this.#v, this.#target, this.#policy].map((net) => net.forward(input));
    const slope = new Float64Array(logits.length);
    v.forEach((value, own) => {
      const at = own * actions;
      const chances = softmax(logits.subarray(at, at + actions));
      const cell = at % this.#made.length;
      for (let a = 0; a < actions; a++) {
        const weight =
          (this.#made[cell + a] / rows.length) *
          advantageWeight(slow[at + a] - value, this.#settings.temperature);
        for (let b = 0; b < actions; b++) slope[at + b] += weight * (chances[b] - (a === b ? 1 : 0));
      }
    });
    this.#policy.descend(slope, rate);
  }

  chances(latent: ArrayLike<number>): Float64Array {
    if (latent.length !== this.#columns[1])
      throw new InputError(`chances: a latent has ${this.#columns[1]} numbers, got ${latent.length}`);
    const { states, actions } = this.#data.moves;
    const chances = Float64Array.from(this.#policy.forward(this.#inputs([latent])));
    for (let s = 0; s < states; s++) {
      const own = chances.subarray(s * actions, (s + 1) * actions);
      own.set(softmax(own));
    }
    return chances;
  }

  #draw(): number[] {
    const count = this.#data.rewards.length / this.#data.moves.states;
    return Array.from({ length: Math.min(this.#settings.batch, count) }, () => this.#drawn.integer(count));
  }

  #latent(row: number): number[] {
    const { latents } = this.#data;
    return Array.from({ length: this.#columns[1] }, (_, j) => latents[row * this.#columns[1] + j]);
  }

  /** Every state under each of some latents, [latents · S, d + l]. */
  #inputs(latents: readonly ArrayLike<number>[]): Float64Array {
    const { features, moves } = this.#data;
    const [d, l] = this.#columns;
    const input = new Float64Array(latents.length * moves.states * (d + l));
    let at = 0;
    for (const latent of latents)
      for (let s = 0; s < moves.states; s++) {
        for (let j = 0; j < d; j++) input[at++] = features[s * d + j];
        for (let j = 0; j < l; j++) input[at++] = latent[j];
      }
    return input;
  }
}

/** A step size that falls evenly from `rate` to 0. */
function annealed({ rate }: Settings, part: number): number {
  return rate * (1 - part);
}
