import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadData } from "../../data/files/index.js";
import { selectRows } from "../../data/index.js";
import { loadEngine } from "../../engine/index.js";
import { fit } from "../../train/index.js";
import type { Settings } from "../state/settings.js";
import { START } from "../state/state.js";
import { WorldBuilder } from "../world/build-world.js";
import { modelOf, recipeOf } from "../world/recipe.js";
import { digestOf } from "../world/training.js";
import type { Frame, FromWorker, Order, ToWorker, World } from "./protocol.js";
import { serve } from "./serve.js";

/** A served page: what it got, and what is sent to it. */
function page(): {
  messages: FromWorker[];
  send: (message: ToWorker) => void;
  until: (is: (m: FromWorker) => boolean) => Promise<FromWorker>;
} {
  const messages: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  const send = serve({
    post: (message) => {
      messages.push(message);
      for (const look of waiting) look();
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    wait: () => Promise.resolve(),
  });
  const until = (is: (m: FromWorker) => boolean): Promise<FromWorker> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = messages.find(is);
        if (found !== undefined) resolve(found);
      };
      waiting.push(look);
      look();
    });
  return { messages, send, until };
}

const small: Settings = { ...START, users: 30, answers: 30, items: 40, epochs: 20 };
const isDone = (generation: number) => (m: FromWorker) =>
  m.kind === "frame" && m.generation === generation && m.isDone;
const train = (settings: Settings, generation = 1): Order => ({ kind: "train", generation, settings });

async function trained(settings: Settings): Promise<Frame> {
  const { send, until } = page();
  send(train(settings));
  return (await until(isDone(1))) as Frame;
}

describe("the worker trains as the library does", () => {
  test.each<[string, Settings]>([
    ["PAL-A, mixture", small],
    ["PAL-A, noise, partition, K = 2", { ...small, population: "partition", noise: 0.5, k: 2, seed: 7 }],
    ["LoRe, gaussian", { ...small, family: "lore", population: "gaussian", seed: 3 }],
    ["PAL-B", { ...small, family: "pal-b" }],
    ["Bradley-Terry, on a line", { ...small, family: "bradley-terry", population: "didactic" }],
    [
      "VPL, with something moved",
      { ...small, family: "vpl", epochs: 4, moved: [{ what: "user", index: 2, x: 1, y: -1 }] },
    ],
  ])("%s: the same bits as fit", async (_, settings) => {
    const { digest, losses } = await trained(settings);
    const world = new WorldBuilder().build(settings);
    const model = await fit(modelOf(settings), world.train, {
      engine: await loadEngine(),
      ...recipeOf(settings),
    });
    expect(digest).toBe(digestOf(model.parameters));
    expect([...losses]).toEqual(model.history?.epochs.map(({ loss }) => Math.fround(loss)));
  });

  test("the default world is learned: 0.97 of held-out answers and more, which nobody reaches who does not know who answers", async () => {
    const { send, until } = page();
    send(train(START));
    const world = (await until((m) => m.kind === "world")) as World;
    const frame = (await until(isDone(1))) as Frame;
    expect(frame.accuracy).toBeGreaterThan(0.97);
    expect(world.ceilings.oracle).toBe(1);
    expect(world.ceilings.blind).toBeLessThan(0.85);
  });
});

describe("a world as files", () => {
  test.each<[string, Settings]>([
    ["PAL-A with things moved", { ...small, moved: [{ what: "item", index: 3, x: 2, y: 0.5 }] }],
    ["PAL-B", { ...small, family: "pal-b", epochs: 5 }],
  ])("%s: read again and fitted by the configuration it gives the page's bits", async (_, settings) => {
    const { send, until } = page();
    send(train(settings));
    send({ kind: "call", id: 5, name: "world/files", ask: { settings } });
    const { answer } = (await until((m) => m.kind === "answer")) as {
      answer: { files: { name: string; text: string }[] };
    };
    const frame = (await until(isDone(1))) as Frame;
    const folder = await mkdtemp(join(tmpdir(), "pal-lab-world-"));
    try {
      for (const { name, text } of answer.files) await writeFile(join(folder, name), text);
      const { data } = await loadData(join(folder, "comparisons.csv"), { columns: { heldOut: "held_out" } });
      const rows = Int32Array.from(data.label.keys()).filter((row) => data.heldOut?.[row] === 0);
      const { fit: recipe } = JSON.parse(
        answer.files.find(({ name }) => name === "world.json")?.text ?? "",
      ) as { fit: ReturnType<typeof recipeOf> };
      const model = await fit(modelOf(settings), selectRows(data, rows), {
        engine: await loadEngine(),
        ...recipe,
      });
      expect(digestOf(model.parameters)).toBe(frame.digest);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("something is dragged", () => {
  test("only answers that truly change flip, and training goes on from where it stood", async () => {
    const { send, until, messages } = page();
    send(train(small));
    const first = (await until(isDone(1))) as Frame;
    const before = new WorldBuilder().build(small);
    const [x, y] = before.users.subarray(8, 10);
    const moved = { ...small, moved: [{ what: "user", index: 4, x: x + 0.6, y: y - 0.4 }] } as const;
    send({ kind: "move", generation: 2, settings: moved });
    const world = (await until((m) => m.kind === "world" && m.generation === 2)) as World;
    const after = new WorldBuilder().build(moved);
    // what the generator says of each answer, written apart: the nearer item, without noise
    const owners = after.labels.map((label, row) =>
      label === before.labels[row] ? -1 : Math.floor(row / 50),
    );
    expect(new Set(owners.filter((owner) => owner >= 0))).toEqual(new Set([4]));
    expect(world.flipped).toEqual({
      sinceStart: owners.filter((o) => o >= 0).length,
      now: owners.filter((o) => o >= 0).length,
    });
    const frame = (await until(isDone(2))) as Frame;
    expect(frame.losses[0]).toBeLessThan(first.losses[0] / 2);
    expect(
      messages.some(
        (m) => m.kind === "frame" && m.generation === 1 && messages.indexOf(m) > messages.indexOf(world),
      ),
    ).toBe(false);
  });

  test("put back, the world is what it was, and no answer is other", async () => {
    const { send, until } = page();
    send(train({ ...small, noise: 0.4, moved: [{ what: "prototype", index: 0, x: 2, y: 2 }] }));
    const world = (await until((m) => m.kind === "world")) as World;
    expect(world.flipped.sinceStart).toBeGreaterThan(0);
    send({ kind: "move", generation: 2, settings: { ...small, noise: 0.4 } });
    const back = (await until((m) => m.kind === "world" && m.generation === 2)) as World;
    expect(back.flipped).toEqual({ sinceStart: 0, now: world.flipped.sinceStart });
  });

  test("what is moved to where it was flips nothing, with and without noise, in the plane and on a line", () => {
    for (const settings of [
      small,
      { ...small, noise: 0.5 },
      { ...small, population: "didactic", noise: 0.5 },
    ] as Settings[]) {
      const world = new WorldBuilder().build(settings);
      const at = (what: "user" | "item", index: number, places: Float32Array) => ({
        what,
        index,
        x: places[2 * index],
        y: places[2 * index + 1],
      });
      const moved = [at("user", 3, world.users), at("item", 5, world.items)];
      expect([...new WorldBuilder().build({ ...settings, moved }).labels]).toEqual([...world.labels]);
    }
  });
});

describe("orders", () => {
  test("a step is one pass, pause holds, play goes on", async () => {
    const { send, until, messages } = page();
    send({ kind: "pause" });
    send(train(small));
    await until((m) => m.kind === "frame");
    send({ kind: "step" });
    const first = (await until((m) => m.kind === "frame" && m.epoch > 0)) as Frame;
    expect([first.epoch, first.isDone]).toEqual([1, false]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(messages.filter((m) => m.kind === "frame" && m.epoch > 1)).toEqual([]);
    send({ kind: "play" });
    await until(isDone(1));
  });

  test("the chosen user's rewards are highest where the model puts them", async () => {
    const { field, users } = await trained(small);
    const values = field?.values ?? new Float32Array(1);
    const side = field?.side ?? 1;
    const best = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
    const at = (step: number) => (6 * step) / (side - 1) - 3;
    expect(Math.abs(at(best % side) - users[0])).toBeLessThan(0.1);
    expect(Math.abs(at(Math.floor(best / side)) - users[1])).toBeLessThan(0.1);
  });

  test("reruns come after the first training, from other seeds", async () => {
    const { send, until } = page();
    send(train(small));
    const { reruns } = (await until((m) => m.kind === "frame" && m.reruns.length === 4)) as Frame;
    expect(new Set(reruns).size).toBeGreaterThan(1);
    for (const accuracy of reruns) expect(accuracy).toBeGreaterThan(0.8);
  });

  test("who asks before the model is trained is asked by the trained model", async () => {
    const { send, until, messages } = page();
    send(train(small));
    send({ kind: "call", id: 9, name: "person/begin", ask: { questions: "points", seed: 1 } });
    const found = await until((m) => m.kind === "answer" || m.kind === "refused");
    expect(found).toMatchObject({ kind: "answer", id: 9, answer: { answers: 0 } });
    expect(
      messages.filter((m) => m.kind === "frame" && m.isDone && messages.indexOf(m) < messages.indexOf(found)),
    ).not.toEqual([]);
  });

  test("a call that nobody answers is refused, and the session goes on", async () => {
    const { send, until } = page();
    send({ kind: "call", id: 3, name: "no such call" as "world/files", ask: {} });
    expect(await until((m) => m.kind === "refused")).toMatchObject({ id: 3 });
    send(train(small));
    await until(isDone(1));
  });
});
