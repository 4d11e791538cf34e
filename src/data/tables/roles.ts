/** What a column can mean. */
export type Role =
  | ("user" | "left" | "right" | "label" | "context" | "statement" | "vote" | "group" | "time" | "heldOut")
  | ("item" | "rating" | "rank" | "order" | "weight");

/** Every role, for checks. */
export const ROLES: readonly Role[] = [
  ...(["user", "left", "right", "label", "context", "statement", "vote"] as const),
  ...(["group", "time", "heldOut", "item", "rating", "rank", "order", "weight"] as const),
];

/** Names of columns by what they mean; those that are not given are guessed. */
export type ColumnNames = { readonly [R in Role]?: string };
