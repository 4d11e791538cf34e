/** The version of this package, as records state it. */
export const VERSION: string = "0.2.0";
