/** A value that JSON can hold. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * JSON with sorted keys, so that equal values give equal bytes; `digits` rounds fractions to that many significant
 * digits; whole numbers (counts, years, times in milliseconds) and numbers of more places before the point stay what they are. A date is its ISO
 * text. */
export function stableJson(
  value: unknown,
  options: { readonly digits?: number; readonly indent?: number } = {},
): string {
  const { digits, indent } = options;
  const round = (x: number): number =>
    digits === undefined || Number.isInteger(x) || Math.abs(x) >= 10 ** digits
      ? x
      : Number(x.toPrecision(digits));
  const sort = (input: unknown): unknown => {
    if (typeof input === "number") return round(input);
    if (typeof input === "bigint") return Number(input);
    if (input instanceof Date) return input.toJSON();
    if (ArrayBuffer.isView(input)) return Array.from(input as unknown as ArrayLike<number>, round);
    if (Array.isArray(input)) return input.map(sort);
    if (input === null || typeof input !== "object") return input;
    const entries = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.fromEntries(entries.map(([key, child]) => [key, sort(child)]));
  };
  return JSON.stringify(sort(value), undefined, indent);
}
