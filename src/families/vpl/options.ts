import { LOSS_OPTIONS } from "../family.js";
import { countOr, oneOf, real, type OptionsOf, type Resolved } from "../options.js";

/** Options of VPL. */
export const options = {
  latentDimension: countOr(2, "dimension d of a user's latent z", { flag: "dimension" }),
  klWeight: real("weight of the divergence from the prior, for each set of targets", 1, { min: 0 }),
  klWarmup: real(
    "passes over the data in which that weight rises smoothly from 0; 0: it is there from the first",
    20,
    { min: 0 },
  ),
  prior: oneOf(
    ["standard", "learned"],
    "standard",
    "standard: z is N(0, I) before any answer; learned: mean and variance of each coordinate are",
  ),
  setEncoder: oneOf(
    ["mean", "attention", "flat"],
    "mean",
    "mean: any number of answers in any order; attention: the same, and answers see each other, as in the authors' language experiments; flat: contextSize answers in their order, as in the authors' control experiments",
  ),
  encoderWidth: countOr(64, "width of the encoder's hidden layers"),
  encoderDepth: countOr(
    2,
    "hidden layers of the encoder: of a set, those that see one answer alone, before the mean over answers",
  ),
  decoder: oneOf(
    ["mlp", "film"],
    "mlp",
    "mlp: z beside the item's numbers; film: z also turns and shifts the last of two hidden layers, as SPL does",
  ),
  decoderWidth: countOr(64, "width of the decoder's hidden layers"),
  decoderDepth: countOr(2, "hidden layers of an mlp decoder, which gives an item's reward under z"),
  steps: countOr(
    1,
    "steps of an item, whose features lie one behind the other: its reward is the sum of theirs",
  ),
  contextSize: countOr(8, "most answers that z is found from in training"),
  targetSize: countOr(8, "answers of the same user that training predicts from one z"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of VPL, as a program gives them. */
export type VplOptions = OptionsOf<typeof options>;
/** All of them with their values. */
export type VplSettings = Resolved<typeof options>;
