import type { DataSource } from "../../data/index.js";
import type { Estimate } from "./sums.js";

/** What a row is about. */
export interface Row {
  /** A family's kind, or the id of a baseline. */
  readonly id: string;
  readonly name: string;
  /** `family`; `baseline`: needs no model; `ceiling`: knows the truth. */
  readonly role: "family" | "baseline" | "ceiling";
  /** Whether it knows users. */
  readonly knowsUsers: boolean;
  /** Of users who trained, or of new ones. */
  readonly users: "seen" | "new";
  /** How many answers a new user gave. */
  readonly answers?: number;
  readonly status: "ran" | "refused" | "diverged";
  /** Why it was refused, or how it diverged. */
  readonly reason?: string;
  readonly accuracy?: Estimate;
  /** Log-likelihood an answer; chance is -0.6931. */
  readonly nats?: Estimate;
  readonly slope?: number;
  /** Mean accuracy of the tenth of users of whom it is lowest. */
  readonly worstDecile?: number;
  /** Nats over the best that knows no users, on the same answers, with p adjusted by Holm's method for all families and numbers of answers. */
  readonly gain?: Estimate & { readonly pValue: number; readonly adjusted: number };
}

/** How a family was fitted. */
export interface FamilyNote {
  readonly id: string;
  readonly name: string;
  readonly assumes: string;
  readonly needs: string;
  /** Settings of which validation chose, and what it chose in each division. */
  readonly tried: readonly string[];
  readonly chosen: readonly string[];
  /** Seconds of all fits of a division, its mean. */
  readonly seconds?: number;
  /** Numbers that it learned for all. */
  readonly parameters?: number;
}

/** Families side by side. */
export interface Comparison {
  readonly source: DataSource;
  readonly users: number;
  readonly answers: number;
  /** Divisions of the data, each by a seed. */
  readonly seeds: readonly number[];
  /** Numbers of answers that new users give. */
  readonly given: readonly number[];
  /** The best that knows no users, by validation: what others must beat. */
  readonly blind: string;
  readonly rows: readonly Row[];
  readonly families: readonly FamilyNote[];
  /** Every choice that was made, by name. */
  readonly choices: readonly (readonly [name: string, value: string])[];
}
