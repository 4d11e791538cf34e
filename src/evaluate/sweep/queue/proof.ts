import { sha256, stableJson } from "../../../core/index.js";
import { hostName } from "../../../files/index.js";
import { WORKER } from "../executor.js";
import { Lane } from "../lane.js";

/** What machines compare before one works for another: the hash of what a thread of this one answers when it is asked for its bits. */
export async function ownProof(signal: AbortSignal = new AbortController().signal): Promise<string> {
  const lane = new Lane(WORKER);
  try {
    const answer = await lane.run("bits", signal);
    if ("reason" in answer)
      throw new Error(`sweep: the run that proves the bits of ${hostName()} ${answer.reason}`);
    return sha256(stableJson(answer.result)).slice(0, 16);
  } finally {
    await lane.end();
  }
}
