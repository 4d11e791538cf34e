import { LOSS_OPTIONS } from "../family.js";
import { countOr, real, type OptionsOf, type Resolved } from "../options.js";

/** Options of SPL. */
export const options = {
  latentDimension: countOr(4, "dimension d of a user's latent z, even: half of it sees what was chosen", {
    flag: "dimension",
  }),
  klWeight: real("weight of the divergence from the prior, for each set of targets", 0.1, { min: 0 }),
  freeNats: real("divergence of a user's z that costs nothing, in nats", 1, { min: 0 }),
  guidingWeight: real(
    "weight of the guide by swapped answers: whoever answers oppositely has the opposite mean and the same variances",
    0.1,
    { min: 0 },
  ),
  klWarmup: real(
    "passes over the data in which both weights rise smoothly from 0; 0: they are there from the first",
    20,
    { min: 0 },
  ),
  flows: countOr(2, "inverse autoregressive steps that z goes through"),
  encoderWidth: countOr(64, "width of the hidden layers that see one item of an answer"),
  encoderDepth: countOr(2, "hidden layers that see one item of an answer"),
  decoderWidth: countOr(64, "width of the decoder's last hidden layer, which z turns and shifts"),
  contextSize: countOr(8, "most answers that z is found from in training"),
  targetSize: countOr(8, "answers of the same user that training predicts from one z"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of SPL, as a program gives them. */
export type SplOptions = OptionsOf<typeof options>;
/** All of them with their values. */
export type SplSettings = Resolved<typeof options>;
