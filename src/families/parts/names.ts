/** Parameter names, as in the authors' code where it has the parameter. `tables` hold learned vectors where there are no features. */
export const NAMES = {
  items: "item_learner.projector",
  itemTable: "item_learner.table",
  prototypes: "user_learner.P",
  weights: "user_learner.W",
  logitScale: "logit_scale",
  /** Of Model B: the map of prototype `k` from contexts. */
  prototypeMap: (k: number): string => `user_learner.projectors.${k}`,
  /** Of Model B where contexts have no features: a learned vector for each. */
  contextTable: (k: number): string => `user_learner.tables.${k}`,
};
