/** What "be the user" asks of the worker. The world is the one that is trained at the moment. */
export interface PersonCalls {
  /** Begins anew, and gives the first question. */
  "person/begin": {
    readonly ask: { readonly questions: "statements" | "points"; readonly seed: number };
    readonly answer: PersonView;
  };
  /** One answer to the question that was shown: -1 left, 1 right. */
  "person/answer": { readonly ask: { readonly label: -1 | 1 }; readonly answer: PersonView };
}

/** One of the two that a question is between. */
export interface Side {
  readonly text: string;
  /** Where it lies in the plane, for points. */
  readonly place?: readonly [number, number];
}

/** A question, and in words why it is asked. */
export interface AskedQuestion {
  readonly left: Side;
  readonly right: Side;
  readonly why: string;
}

/** How sure the page says it is. */
export type Sureness = "not sure" | "leaning" | "sure";

/** What is believed of one coordinate of a user's state. */
export interface BelievedCoordinate {
  readonly name: string;
  readonly mean: number;
  /** Between these lie 90 % of what is believed. */
  readonly low: number;
  readonly high: number;
}

/** What the model believes after the answers so far, and what it asks next. */
export interface PersonView {
  readonly answers: number;
  /** Absent when all are asked. */
  readonly question?: AskedQuestion;
  readonly posterior: {
    /** Weights lie on a simplex; `gaussian` is the latent z. */
    readonly kind: "weights" | "gaussian";
    /** Draws, row-major [n, width]. */
    readonly draws: Float32Array;
    readonly width: number;
    readonly coordinates: readonly BelievedCoordinate[];
    /** Edge of the region of 90 %, row-major [n, 2], in the first two coordinates; absent where it is not in a plane. */
    readonly outline?: Float32Array;
    /** The region's size: a part of what it was before the first answer. */
    readonly share: number;
  };
  readonly sure: Sureness;
  /** What is believed, on how many answers, and how sure, in sentences. */
  readonly words: readonly string[];
  /** Points of the plane, row-major [n, 2], and what the model thinks the user makes of each: 0 (least liked) to 1. */
  readonly liked?: { readonly places: Float32Array; readonly values: Float32Array };
}
