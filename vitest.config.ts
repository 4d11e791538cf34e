import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const files = ["src", "test"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name.replaceAll("\\", "/"))),
);
/** Processes that are killed and frozen, with a Redis server of their own: `npm run test:queue`, no part of `npm test`. */
const queue = files.filter((file) => file.startsWith("test/queue/"));
/** Files that put something else in a module's place; the others share the modules that are loaded already, which saves half the time. */
const apart = files.filter((file) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(file, "utf8")));

/** Files that take long for their size. */
const LONG = [
  "src/cli/notebook/data-template.test.ts",
  "src/evaluate/by-user.test.ts",
  "src/evaluate/explore/explore-ratings.test.ts",
  "src/explorer/person/coverage.test.ts",
  "src/notebook/jupyter/live-kernel.test.ts",
  "src/report/explore/explore-page.test.ts",
  "test/explore-hostile.test.ts",
  "test/explore-poor.test.ts",
  "test/sweep-shards.test.ts",
  "test/sweep-stops.test.ts",
];

/** Vitest begins with what took longest, or with the largest files in a new checkout; long ones among the small would be left to one worker. */
class LongFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      LONG.some((name) => moduleId.endsWith(`/${name}`));
    // workers are kept from file to file of a project
    return [...new Set(sorted.map(({ project }) => project.name))].flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name);
      return [...own.filter(isLong), ...own.filter((each) => !isLong(each))];
    });
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
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
