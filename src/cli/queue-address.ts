import { messageOf } from "../core/index.js";
import { checkAddress } from "../evaluate/sweep/index.js";
import { UsageError } from "./command.js";

/**
 * The address of a queue: what `--queue` gives, else `PAL_LAB_QUEUE`.
 * @throws UsageError for what is no address, or has a password where others on this machine can read it
 */
export function queueAddress(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const address = given ?? (env.PAL_LAB_QUEUE === "" ? undefined : env.PAL_LAB_QUEUE);
  if (address === undefined) return undefined;
  try {
    const { password } = checkAddress(address);
    if (given === undefined || password === "") return address;
  } catch (thrown) {
    const name = given === undefined ? "PAL_LAB_QUEUE" : "--queue";
    throw new UsageError(messageOf(thrown).replace("sweep: queue", name));
  }
  throw new UsageError(
    "--queue has a password in it, which everybody on this machine can read (ps); put the address into PAL_LAB_QUEUE",
  );
}
