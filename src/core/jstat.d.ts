declare module "jstat" {
  /** The part of jstat that is used here: Student's t distribution. */
  const jstat: {
    readonly studentt: {
      inv(p: number, degreesOfFreedom: number): number;
      cdf(x: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
