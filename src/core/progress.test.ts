import { describe, expect, test } from "vitest";
import { createProgress, duration } from "./index.js";

/** A sink that keeps what is written and a clock that is moved by hand. */
function stage(sink: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  const clock = { ms: 0 };
  return {
    written,
    clock,
    now: () => clock.ms,
    sink: { ...sink, write: (text: string) => written.push(text) },
  };
}

describe("progress", () => {
  test("elsewhere than on a terminal: one line at each tenth", () => {
    const { written, clock, sink, now } = stage({});
    const progress = createProgress("runs", 40, sink, now);
    for (let i = 0; i < 40; i++) {
      clock.ms += 500;
      progress.advance(`run ${i}`);
    }
    progress.finish();
    expect(written).toHaveLength(10);
    expect(written[0]).toBe("runs 4/40 (2.0 s, 18 s left) run 3\n");
    expect(written[9]).toBe("runs 40/40 (20 s) run 39\n");
  });

  test("few pieces: one line each", () => {
    const { written, sink, now } = stage({});
    const progress = createProgress("runs", 3, sink, now);
    for (let i = 0; i < 3; i++) progress.advance();
    expect(written).toEqual([
      "runs 1/3 (0.0 s, 0.0 s left)\n",
      "runs 2/3 (0.0 s, 0.0 s left)\n",
      "runs 3/3 (0.0 s)\n",
    ]);
  });

  test("on a terminal: a bar with the time left, one line that is written over", () => {
    const { written, clock, sink, now } = stage({ isTTY: true });
    const progress = createProgress("runs", 4, sink, now);
    clock.ms = 60_000;
    progress.advance("K = 2");
    expect(written).toEqual([
      "\r\u001b[2K[#####...............] runs 1/4 (1 min 00 s, 3 min 00 s left) K = 2",
    ]);
    for (let i = 0; i < 3; i++) progress.advance();
    progress.finish();
    expect(written.at(-1)).toBe("\r\u001b[2Kruns 4/4 (1 min 00 s)\n");
    expect(written.filter((text) => text.includes("\n"))).toHaveLength(1);
  });

  test("a line is never wider than the terminal", () => {
    const { written, sink, now } = stage({ isTTY: true, columns: 30 });
    createProgress("runs", 4, sink, now).advance("x".repeat(100));
    expect(written[0].replace("\r\u001b[2K", "")).toHaveLength(29);
  });
});

test.each([
  [0.44, "0.4 s"],
  [0.96, "1.0 s"],
  [9.94, "9.9 s"],
  [9.95, "10 s"],
  [9.96, "10 s"],
  [12.4, "12 s"],
  [59.7, "1 min 00 s"],
  [60, "1 min 00 s"],
  [3599, "59 min 59 s"],
  [3600, "1 h 00 min"],
  [7505, "2 h 05 min"],
  [185, "3 min 05 s"],
  [4800, "1 h 20 min"],
])("%d seconds read %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
