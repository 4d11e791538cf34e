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

/** What the model believes after the answers so far, and what it asks next. */
export interface PersonView {
  readonly answers: number;
  /** A question, and why it is asked; absent when all are asked. */
  readonly question?: { readonly left: string; readonly right: string; readonly why: string };
  /** Draws of the user's state, [n, S]: points of the simplex, or of the latent z. */
  readonly posterior: {
    readonly kind: "weights" | "gaussian";
    readonly draws: Float32Array;
    readonly width: number;
  };
  readonly words: readonly string[];
}
