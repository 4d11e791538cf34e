declare module "jstat" {
  /** The part of jstat that is used here: quantiles of Student's t and of the beta distribution. */
  const jstat: {
    readonly beta: { inv(p: number, alpha: number, beta: number): number };
    readonly studentt: {
      inv(p: number, degreesOfFreedom: number): number;
      cdf(x: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
