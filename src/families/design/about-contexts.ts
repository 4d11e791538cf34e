import type { DataSizes } from "../parameters.js";

/** Whether answers are votes: with contexts and two items in all ("disagree", "agree"), what is learned are the contexts (statements), else the items. */
export function aboutContexts(sizes: DataSizes): boolean {
  return sizes.contexts !== undefined && sizes.items.rows === 2;
}
