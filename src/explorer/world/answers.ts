import type { Answers } from "../worker/answers.js";
import type { WorldCalls } from "../worker/protocol.js";
import { WorldBuilder } from "./build-world.js";
import { worldFiles } from "./files.js";

/** Answers to what the panel of the world asks. */
export const worldAnswers: Answers<keyof WorldCalls> = {
  "world/files": ({ settings }) => ({ files: worldFiles(settings, new WorldBuilder().build(settings)) }),
};
