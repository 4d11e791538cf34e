// Every family of models there is: a line each.
export { PalA, type PalAOptions } from "./pal-a/pal-a.js";
export { PalB, type PalBOptions } from "./pal-b/pal-b.js";
export { PalItems, type PalItemsOptions } from "./pal-items/pal-items.js";
export { BradleyTerry, type BradleyTerryOptions } from "./bradley-terry/bradley-terry.js";
export { Dpl, type DplOptions } from "./dpl/dpl.js";
export { Vpl, type VplOptions } from "./vpl/vpl.js";
export { Spl, type SplOptions } from "./spl/spl.js";
export { LoRe, type LoReOptions } from "./lore/lore.js";
export { LatentClasses, type LatentClassesOptions } from "./latent-classes/latent-classes.js";
export { PalLinear, type PalLinearOptions } from "./pal-linear/pal-linear.js";
export { TypesWithTastes, type TypesWithTastesOptions } from "./types-with-tastes/types-with-tastes.js";
export {
  MixedBradleyTerry,
  type MixedBradleyTerryOptions,
} from "./mixed-bradley-terry/mixed-bradley-terry.js";
export { FactorModel, type FactorModelOptions } from "./factor-model/factor-model.js";
export { MaxMin, type MaxMinOptions } from "./maxmin/maxmin.js";
export { PTtt, type PTttOptions } from "./p-ttt/p-ttt.js";
export { RewardTree, type RewardTreeOptions } from "./reward-tree/reward-tree.js";
export { Gpo, type GpoOptions } from "./gpo/gpo.js";
