/** What was measured, in so many digits as can mean something; what was not is left out. */
export function short(values: { readonly [name: string]: number | undefined }): { [name: string]: number } {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, shortNumber(value)]],
    ),
  );
}

/** The same of one number. */
export function shortNumber(value: number): number {
  return Number(value.toFixed(5));
}
