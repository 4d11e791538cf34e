import type { ChoiceRow } from "../parts/experiment.js";

/** What the paper leaves open of this experiment. */
export const SIMULATION_CHOICES: readonly ChoiceRow[] = [
  ["concentration", "law of a mixture's weights: Dirichlet; 1 is uniform on the simplex", "not known"],
  [
    "setting",
    "mixture, partition or gaussian ideal points",
    "mixture in Figure 2 [paper]; partition and gaussian in the appendix [file names]",
  ],
  ["dimension", "dimension of items and of the latent space", "16 [paper]"],
  ["usersPerPrototype", "users for each true prototype", "50 [paper]"],
  ["comparisonsPerUser", "training comparisons of a user", "20 to 1000 [memory]"],
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
  ["newComparisonsPerUser", "comparisons that place a new user", "5 to 100 [memory]"],
  ["adaptMethods", "how a new user is placed", "AdamW, 20 epochs, step 5e-3 [code]; exact is ours"],
  ["adaptConcentration", "Dirichlet prior on a new user's weights", "none [code]"],
];
