import { describe, expect, test } from "vitest";
import { familyRunner, threadRunner } from "./thread-runner.js";

describe("what cannot run on threads is refused before anything is started", () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [undefined, "options must be an object such as { threads, signal, onJob, … }, got undefined"],
    [{ threads: 0 }, "threads must be an integer >= 1, got 0"],
    [{}, "threads must be an integer >= 1, got undefined"],
    [{ thread: 2 }, 'unknown option "thread"'],
  ];
  test.each(wrong)("%j", (options, message) => {
    expect(() => threadRunner(options as never)).toThrow(message);
    expect(() => familyRunner(options as never)).toThrow(message);
  });
});
