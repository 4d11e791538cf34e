import type { Json } from "../../core/index.js";
import type { ExperimentName } from "./experiment.js";

/** Something that the paper's available text does not settle, and what pal-lab does. */
export interface OpenChoice {
  readonly experiment: ExperimentName;
  /** Key of the experiment's configuration; changes with it. */
  readonly key: string;
  /** What is decided. */
  readonly choice: string;
  /** What is known of the paper, with its tag. */
  readonly paper: string;
  readonly ours: Json;
}

type Row = readonly [key: string, choice: string, paper: string];

const SIMULATION: readonly Row[] = [
  ["concentration", "law of a mixture's weights: Dirichlet; 1 is uniform on the simplex", "not known"],
  [
    "setting",
    "mixture, partition or gaussian ideal points",
    "mixture in Figure 2 [paper]; partition and gaussian in the appendix [file names]",
  ],
  ["dimension", "dimension of items and of the latent space", "16 [paper]"],
  ["usersPerPrototype", "users for each true prototype", "50 [paper]"],
  ["samplesPerUser", "training comparisons of a user", "20 to 1000 [memory]"],
  ["validationPerUser", "comparisons of a user that choose K", "not known"],
  ["testPerUser", "held-out comparisons of a user", "50 [memory]"],
  ["distance", "squared or plain distance", "squared [paper, Figure 1]; plain in the code [code]"],
  ["userPoint", "how the user's point comes from prototypes and weights", "f(Pw) [paper, code]"],
  ["loss", "loss of a comparison", "hinge, margin 1 [code]"],
  ["epochs", "passes over the data", "1000 [memory]"],
  ["batchSize", "comparisons a step", "not known"],
  ["schedule", "step sizes from pass to pass: constant or falling in a line", "constant in the code [code]"],
  [
    "rateFactor",
    "step sizes in units of f 5e-4 with decay 1e-3, prototypes and weights 5e-3",
    "those themselves [memory]",
  ],
  ["newSamplesPerUser", "comparisons that place a new user", "5 to 100 [memory]"],
  ["adaptMethods", "how a new user is placed", "AdamW, 20 epochs, step 5e-3 [code]; exact is ours"],
  ["adaptConcentration", "Dirichlet prior on a new user's weights", "none [code]"],
];

const PERSONA: readonly Row[] = [
  ["personas", "pool that personas are drawn from", "not known; six interests exist [inferred]"],
  ["encoder", "sentence embedding", "not known"],
  [
    "prompts",
    "prompts uniform over the pool, or half from the user's own set",
    "not known; it decides where K = 1 stands",
  ],
  ["usersPerGroup", "users of each persona", "not known"],
  ["samplesPerUser", "training comparisons of a user", "not known"],
  [
    "testPerUser",
    "test comparisons of a user (0: 50, or as many as there are statements)",
    "not known; ours are on statements that never train",
  ],
  ["latentDim", "dimension of the latent space", "not known"],
  ["architecture", "f and g_k", "mlp2 in the code's text experiments [code]"],
  ["epochs", "passes over the data", "not known"],
  ["mapRate", "step size of f and g_k", "1e-4 in the code's text experiments [code]"],
];

const PICK_A_FILTER: readonly Row[] = [
  ["users", "users, half in each group", "not known; Pick-a-Pic users split at random [paper]"],
  ["samplesPerUser", "training comparisons of a user", "not known (Table D.6)"],
  ["noiseSlope", "how sure the preference for content is", "real images; ours is a stand-in"],
  ["architecture", "f and g_k", "mlp2-relu-dropout5-residual on CLIP embeddings [code]"],
];

/** Every choice that the paper leaves open, with the default that is used here. */
export function openChoices(
  defaultsOf: (experiment: ExperimentName) => { readonly [key: string]: Json | undefined },
): OpenChoice[] {
  const tables: readonly (readonly [ExperimentName, readonly Row[]])[] = [
    ["simulation", SIMULATION],
    ["persona", PERSONA],
    ["pick-a-filter", PICK_A_FILTER],
  ];
  return tables.flatMap(([experiment, rows]) => {
    const defaults = defaultsOf(experiment);
    return rows.map(([key, choice, paper]) => ({
      experiment,
      key,
      choice,
      paper,
      ours: defaults[key] ?? null,
    }));
  });
}
