import { LOSS_OPTIONS } from "../family.js";
import { SCHEDULES } from "../amortized/index.js";
import { countOr, oneOf, real, type OptionsOf, type Resolved } from "../options.js";

/** Options of VPL. */
export const options = {
  latentDimension: countOr(2, "dimension d of a user's latent z", { flag: "dimension" }),
  klWeight: real("weight of the divergence from the prior, for each set of targets", 1, { min: 0 }),
  klSchedule: oneOf(
    SCHEDULES,
    "smooth",
    "how that weight comes: constant from the first; or it rises from klBaseline of it to all of it, smooth, linear or cosine, and stays; cyclic: by a cosine, again and again",
  ),
  klWarmup: real(
    "passes over the data in which that weight rises; of cyclic, of one cycle: a fourth of all passes gives the authors' four cycles; 0: it is there from the first",
    20,
    { min: 0 },
  ),
  klBaseline: real("share of that weight from which it rises", 0, { min: 0, max: 1 }),
  freeNats: real("divergence of a user's z that costs nothing, in nats", 0, { min: 0 }),
  prior: oneOf(
    ["standard", "learned"],
    "standard",
    "standard: z is N(0, I) before any answer; learned: mean and variance of each coordinate are",
  ),
  flow: oneOf(
    ["none", "prior", "posterior", "released"],
    "none",
    "radial steps that z goes through after it was drawn; prior: the users' z is the prior after the steps; posterior: the steps bend what the answers say, and the prior is of z after them; released: as the authors' code counts, which is neither",
  ),
  flowSteps: countOr(4, "radial steps of a flow"),
  latentLength: oneOf(
    ["free", "fixed", "released"],
    "free",
    "free: z as it was drawn; fixed: z brought to length sqrt(d); released: in training alone, as in the authors' language experiments",
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
    ["mlp", "film", "classifier"],
    "mlp",
    "mlp: z beside the item's numbers; film: z also turns and shifts the last of two hidden layers, as SPL does; classifier: both items and z say who is preferred, and no item has a reward of its own",
  ),
  decoderWidth: countOr(64, "width of the decoder's hidden layers"),
  decoderDepth: countOr(
    2,
    "hidden layers of an mlp decoder, which gives an item's reward under z, or of a classifier",
  ),
  steps: countOr(
    1,
    "steps of an item, whose features lie one behind the other: its reward is the sum of theirs",
  ),
  contextSize: countOr(8, "most answers that z is found from in training"),
  contextDraw: oneOf(
    ["some", "some or none", "all"],
    "some",
    "how many answers z is found from in a step of training: some: 1 to contextSize, drawn anew; some or none: 0 to contextSize; all: always contextSize, or all that a user has besides the targets",
  ),
  targetSize: countOr(8, "answers of the same user that training predicts from one z"),
  loss: LOSS_OPTIONS.logistic,
  margin: LOSS_OPTIONS.margin,
};

/** Options of VPL, as a program gives them. */
export type VplOptions = OptionsOf<typeof options>;
/** All of them with their values. */
export type VplSettings = Resolved<typeof options>;
