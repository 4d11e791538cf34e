import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { defineConfig } from "vitest/config";

const files = ["src", "test"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name.replaceAll("\\", "/"))),
);
/** Processes that are killed and frozen, with a Redis server of their own: `npm run test:queue`, no part of `npm test`. */
const queue = files.filter((file) => file.startsWith("test/queue/"));
/** Files that put something else in a module's place; the others share the modules that are loaded already, which saves half the time. */
const apart = files.filter((file) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(file, "utf8")));

export default defineConfig({
  test: {
    // for what hangs, not for what is slow: a busy machine must pass
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          isolate: false,
          include: files.filter((file) => ![...apart, ...queue].includes(file)),
        },
      },
      { extends: true, test: { name: "apart", include: apart } },
      { extends: true, test: { name: "queue", include: queue } },
    ],
  },
});
