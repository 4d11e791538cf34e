import { describe, expect, test } from "vitest";
import { randomStream } from "../../core/index.js";
import { BUILDS, createRuntime } from "./fixtures/builds.js";

const COLUMNS = [1, 2, 3, 4, 5, 8, 11, 16];
const LEFT = [4, 0, 2, 2, 1];
const RIGHT = [1, 3, 2, 0, 4];
const USER = [1, 0, 1, 1, 0];
const N = LEFT.length;

function close(got: Float32Array, expected: Float64Array, label: string): void {
  expect(got.length, label).toBe(expected.length);
  got.forEach((value, i) => expect(Math.abs(value - expected[i]), `${label}, at ${i}`).toBeLessThan(5e-6));
}

describe.each(BUILDS)("pairs of rows, %s build", (build) => {
  test.each(COLUMNS)(
    "differences, sums and their backward passes against naive loops, %i columns",
    async (columns) => {
      const runtime = await createRuntime(build);
      const { kernels } = runtime;
      const rng = randomStream(columns);
      const normals = (rows: number): Float32Array => rng.normals(rows * columns);
      const [table, points, dPoints, dTable, d] = [
        normals(5),
        normals(2),
        normals(2),
        normals(5),
        normals(N),
      ];
      const g = rng.normals(N);
      g[3] = 0;
      const store = (values: Float32Array): number => runtime.storeFloats(values);
      const index = (values: number[]): number => runtime.storeIntegers(Int32Array.from(values));
      const [left, right, user] = [index(LEFT), index(RIGHT), index(USER)];
      const room = (): number => runtime.allocate(N * columns);
      const read = (address: number, rows: number): Float32Array => runtime.floats(address, rows * columns);
      const each = (make: (b: number, j: number) => number): Float64Array =>
        Float64Array.from({ length: N * columns }, (_, i) => make(Math.floor(i / columns), i % columns));
      const x = (row: number, j: number): number => table[row * columns + j];

      const from = store(table);
      const [plain, difference, sum] = [room(), room(), room()];
      kernels.differences(N, columns, from, left, right, plain, columns);
      close(
        read(plain, N),
        each((b, j) => x(RIGHT[b], j) - x(LEFT[b], j)),
        "differences",
      );

      const target = store(dTable);
      kernels.addDifferences(N, columns, store(d), left, right, target);
      const added = Float64Array.from(dTable);
      each((b, j) => {
        added[RIGHT[b] * columns + j] += d[b * columns + j];
        added[LEFT[b] * columns + j] -= d[b * columns + j];
        return 0;
      });
      close(read(target, 5), added, "addDifferences");

      kernels.differencesAndSums(N, columns, from, left, right, store(points), user, difference, sum);
      const gap = each((b, j) => x(LEFT[b], j) - x(RIGHT[b], j));
      close(read(difference, N), gap, "difference");
      const total = each((b, j) => x(LEFT[b], j) + x(RIGHT[b], j) - 2 * points[USER[b] * columns + j]);
      close(read(sum, N), total, "sum");

      const [scores, q, moved] = [store(g), store(d), store(dPoints)];
      kernels.sumsBackward(N, columns, scores, q, user, difference, moved);
      close(
        read(difference, N),
        each((b, j) => g[b] * gap[b * columns + j]),
        "scaled difference",
      );
      const pulled = Float64Array.from(dPoints);
      each((b, j) => (pulled[USER[b] * columns + j] -= 2 * g[b] * d[b * columns + j]));
      close(read(moved, 2), pulled, "dPoints");

      const [dot, dx, dy] = [runtime.allocate(N), room(), room()];
      kernels.rowDots(N, columns, q, sum, dot);
      const inner = Float64Array.from({ length: N }, (_, b) =>
        Array.from({ length: columns }, (__, j) => d[b * columns + j] * total[b * columns + j]).reduce(
          (a, c) => a + c,
        ),
      );
      runtime.floats(dot, N).forEach((value, b) => expect(Math.abs(value - inner[b])).toBeLessThan(5e-5));
      kernels.rowDotsBackward(N, columns, q, sum, scores, dx, dy);
      close(
        read(dx, N),
        each((b, j) => g[b] * total[b * columns + j]),
        "dx",
      );
      close(
        read(dy, N),
        each((b, j) => g[b] * d[b * columns + j]),
        "dy",
      );
    },
  );
});
