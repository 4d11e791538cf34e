declare module "jstat" {
  /** The part of jstat that is used here: of the normal distribution, Student's t and the beta distribution. */
  const jstat: {
    readonly normal: { cdf(x: number, mean: number, deviation: number): number };
    readonly beta: { inv(p: number, alpha: number, beta: number): number };
    readonly studentt: {
      inv(p: number, degreesOfFreedom: number): number;
      cdf(x: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
