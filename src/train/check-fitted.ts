import { checkObject } from "../core/index.js";

/** For callers without types: a fitted model. @param what `"caller: argument"` @throws InputError */
export function checkIsFitted(what: string, fitted: unknown): void {
  checkObject(
    what,
    fitted,
    ["model", "users", "scoresOf"],
    "a fitted model, as fit and decodeModel return it",
  );
}

/** The same for an engine. @throws InputError */
export function checkIsEngine(what: string, engine: unknown): void {
  checkObject(what, engine, ["name", "createTrainer"], "an engine, as await loadEngine() gives it");
}
