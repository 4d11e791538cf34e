import type { Primitive } from "../node.js";

/** A parameter, or what a feed writes. */
export const source: Primitive = { name: "source", keepsValue: true, forward() {} };
