/** Parameter names, as in the authors' code where it has the parameter. `tables` hold learned vectors where there are no features. */
export const NAMES = {
  items: "item_learner.projector",
  itemTable: "item_learner.table",
  prototypes: "user_learner.P",
  weights: "user_learner.W",
  logitScale: "logit_scale",
  prototypeMap: (k: number): string => `user_learner.projectors.${k}`,
  contextTable: (k: number): string => `user_learner.tables.${k}`,
};
