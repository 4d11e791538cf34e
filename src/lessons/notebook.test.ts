import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { VERSION, type FigureRecord, type Profile, type RecordRow } from "../core/index.js";
import { simulateIdealPoints } from "../data/index.js";
import { methodComparison, type Figure } from "../figures/index.js";
import { twoPoints } from "../figures/moving/fixtures/two-points.js";
import { movingOutput } from "../figures/moving/index.js";
import { disposeRenderer } from "../figures/render/index.js";
import { KNOWN_FIGURES } from "./known-figures.js";
import { notebook } from "./notebook.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-lessons-"));
beforeAll(() => void vi.stubEnv("PAL_LAB_FIGURES", folder));
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await disposeRenderer();
});

/** What goes to the terminal outside a notebook. */
let printed = "";
beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => void vi.restoreAllMocks());

const savedRecord = (id: string): FigureRecord =>
  JSON.parse(readFileSync(join(folder, `${id}.record.json`), "utf8")) as FigureRecord;
const data = simulateIdealPoints({
  dimension: 2,
  prototypes: 2,
  users: 4,
  comparisonsPerUser: 5,
  setting: "partition",
  seed: 1,
});
const rows = [1, 2].flatMap((seed) =>
  ["plain", "better"].map((method, i): RecordRow => {
    const ceilings = { chance: 0.5, blind: 0.7 };
    return { method, seed, split: "seen", accuracy: 0.6 + 0.3 * i + seed / 100, ceilings };
  }),
);

describe("a lesson", () => {
  test("runs fast with seed 1, as it is told, or as the runner says", () => {
    expect(notebook("a")).toMatchObject({ id: "a", seed: 1, profile: "fast" });
    expect(notebook("a", { seed: 7, profile: "full" })).toMatchObject({ seed: 7, profile: "full" });
    vi.stubEnv("PAL_LAB_PROFILE", "full");
    expect(notebook("a").profile).toBe("full");
    expect(notebook("a", { profile: "fast" }).profile).toBe("fast");
    vi.stubEnv("PAL_LAB_PROFILE", undefined);
  });

  test("picks the value of its profile, be it false", () => {
    const values: { fast: boolean | number[]; full: boolean | number[] } = { fast: false, full: [1, 2] };
    expect(notebook("a", { profile: "fast" }).pick(values)).toBe(false);
    expect(notebook("a", { profile: "full" }).pick(values)).toBe(values.full);
  });

  test("counts its seeds from its own", () => {
    expect(notebook("a", { seed: 5 }).seeds(3)).toEqual([5, 6, 7]);
  });

  test("shows a table below its cell: outside a notebook its text", () => {
    notebook("a").table([{ K: 2, accuracy: 0.5 }]);
    expect(printed).toBe("K  accuracy\n-  --------\n2     0.500\n");
  });

  test("says below its cell whether an answer is right: outside a notebook as text", () => {
    const check = { is: 0.8, within: 0.1, hint: "h" };
    notebook("a").exercise(0.75, check);
    notebook("a").exercise("0.75", check);
    expect(printed).toMatch(
      /^Exercise: right\. It is 0\.8.*\nExercise: not right yet\. Expected a number, got the text "0\.75"/,
    );
  });

  test("shows a table's markup in a kernel", () => {
    const shown: string[] = [];
    const display = { html: (markup: string) => void shown.push(markup), png: () => undefined };
    vi.stubGlobal("__tslab__", { require: () => ({ display }) });
    notebook("a").table({ K: [2] });
    vi.unstubAllGlobals();
    expect(shown.join()).toContain('<th scope="col"');
    expect(printed).toBe("");
  });
});

describe("a moving picture", () => {
  test("is said in words outside a notebook, and shown with its script in a kernel", () => {
    notebook("a").frames(twoPoints());
    expect(printed).toBe(
      "Two people & one prototype <b>: 3 frames by epoch, the last says: Epoch 3: 1 apart\n",
    );
    const shown: string[] = [];
    const display = { html: (markup: string) => void shown.push(markup), png: () => undefined };
    vi.stubGlobal("__tslab__", { require: () => ({ display }) });
    notebook("a").frames(twoPoints());
    vi.unstubAllGlobals();
    expect(shown).toEqual([movingOutput(twoPoints())]);
  });

  test("that is none, or too large for a notebook, is refused", () => {
    const { points, ...rest } = twoPoints();
    expect(() => notebook("a").frames({ ...rest, points: [] })).toThrow(
      "lab.frames: points must be 1 to 8, got 0",
    );
    const many = Array.from({ length: 400 }, (_, i) => [i / 400, 0] as const);
    const frames = Array.from({ length: 60 }, (_, i) => ({ label: String(i), said: "" }));
    const large = { ...rest, frames, points: [{ ...points[0], frames: frames.map(() => many) }] };
    expect(() => notebook("a").frames(large)).toThrow(
      /at most 40000 bytes, this takes \d+; show fewer frames or points/,
    );
  });
});

describe("a figure of the toolkit", () => {
  test("is drawn, saved and shown, with its provenance in its record", async () => {
    const lab = notebook("00-tour", { profile: "full" });
    const result = {
      rows,
      data,
      config: { users: 4 },
      engine: { name: "wasm-simd" },
      caption: "Three models",
    };
    await lab.figure("tour-one-reward", result);
    expect(savedRecord("tour-one-reward")).toEqual({
      id: "tour-one-reward",
      claim: "Only better passes the best that does not know the user",
      checked: { says: "Only better passes the best that does not know the user", holds: true },
      caption:
        "Three models. Points are runs, bars 95 % t intervals, n = 2 seeds. Rebuild: npx pal-lab reproduce 00",
      ...{ profile: "full", config: { users: 4 }, seeds: [1, 2], engine: "wasm-simd" },
      versions: { "pal-lab": VERSION },
      data: [{ name: data.source.name, sha256: data.source.sha256, source: "simulated" }],
      rows,
    });
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith("tour-"))
        .sort(),
    ).toEqual(
      ["csv", "html", "json", "png", "record.json", "svg"].map((ending) => `tour-one-reward.${ending}`),
    );
    expect(printed).toMatch(/^figure tour-one-reward: Held-out accuracy of plain, better/);
  });

  test("of sweeps has their configurations, their data once each, and the engine that they run on", async () => {
    const part = (experiment: string, sha256: string) => ({
      config: { experiment, grid: {}, seeds: [1] },
      rows: rows.filter(({ method }) => method === experiment),
      data: [{ name: "people", sha256, source: "simulated" }],
    });
    const draw = methodComparison;
    const lab = notebook("my-study", { seed: 3 });
    const sweeps = [part("plain", "ab"), part("better", "ab"), part("none", "cd")];
    await lab.figure("methods", { sweeps, draw, config: { note: "n" } }, "Two of three");
    const record = savedRecord("methods");
    expect(record.rows).toEqual([...sweeps[0].rows, ...sweeps[1].rows]);
    expect(record).toMatchObject({ config: { note: "n" }, engine: "wasm-simd", seeds: [1, 2] });
    expect(record.config.sweeps).toEqual(sweeps.map(({ config }) => config));
    expect(record.data.map(({ sha256 }) => sha256)).toEqual(["ab", "cd"]);
    expect(record.caption).toBe("Points are runs, bars 95 % t intervals, n = 2 seeds.");
    // what a sweep gives is a result as it is
    await lab.figure("one-sweep", Object.assign({ computed: 2, found: 0, draw }, sweeps[0]));
    expect(savedRecord("one-sweep").config).toEqual({ sweeps: [sweeps[0].config] });
    // only who sees points and bars is told what they are
    const bare = (record: FigureRecord): Figure => {
      const { data, ...rest } = methodComparison(record);
      return { ...rest, data: data.map((trace) => ({ ...trace, error_y: undefined })) };
    };
    await lab.figure("bare", { sweeps, draw: bare });
    expect(savedRecord("bare").caption).toBe("n = 2 seeds.");
  });

  test("without rows has the lesson's seed, and says what is claimed where it checks nothing", async () => {
    const draw = (record: FigureRecord) => ({ id: record.id, data: [], layout: {}, alt: "", record });
    await notebook("my-study", { seed: 3 }).figure(
      "a-map",
      { extra: { points: [1] }, draw },
      "People lie together",
    );
    expect(savedRecord("a-map")).toMatchObject({
      claim: "People lie together",
      seeds: [3],
      extra: { points: [1] },
    });
    await notebook("my-study").figure("a-map", { draw });
    expect(savedRecord("a-map")).toMatchObject({ claim: "A map", engine: "none" });
  });

  test("every figure of the committed lessons is known", () => {
    const committed = new URL("../../figures/", import.meta.url);
    const made = readdirSync(committed).flatMap((name) => /^(.*)\.record\.json$/.exec(name)?.[1] ?? []);
    // studies draw theirs themselves
    const studies = ["choose-k-recovery", "heterogeneity-test-calibration", "polis-held-out"];
    expect(made.filter((id) => !studies.includes(id) && !(id in KNOWN_FIGURES))).toEqual([]);
  });
});

describe("a figure of one's own", () => {
  test("needs traces and a layout, and gets the rest", async () => {
    const trace = { type: "bar", x: ["a", "b"], y: Float32Array.of(1, 2), name: "votes" };
    await notebook("my-study", { seed: 3, profile: "full" }).figure("mine", {
      data: [trace],
      layout: { title: "Who votes" },
    });
    expect(savedRecord("mine")).toEqual({
      ...{ id: "mine", claim: "Who votes", caption: 'Who votes: bar "votes".', profile: "full", config: {} },
      ...{ engine: "none", data: [], rows: [], seeds: [3], versions: { "pal-lab": VERSION } },
    });
    expect(readFileSync(join(folder, "mine.svg"), "utf8")).toContain("Who votes");
    expect(printed).toBe('figure mine: Who votes: bar "votes".\n');
  });

  test("may do without a layout", async () => {
    await notebook("my-study").figure("bare", { data: [{ x: [1, 2], y: [2, 1] }] });
    expect(printed).toBe("figure bare: A figure: scatter.\n");
  });
});

describe("what is wrong is said in words", () => {
  const lab = notebook("a");
  test.each<[string, () => unknown, string]>([
    [
      "a profile",
      () => notebook("a", { profile: "quick" as Profile }),
      'profile must be one of "fast", "full", got "quick"',
    ],
    ["a seed", () => notebook("a", { seed: 1.5 }), "notebook: seed must be an integer"],
    ["a setting", () => notebook("a", { sed: 1 } as never), 'did you mean "seed"?'],
    [
      "a profile's value that is missing",
      () => lab.pick({ fast: 1 } as never),
      'got an object without "full"',
    ],
    [
      "a profile that is none",
      () => lab.pick({ fast: 1, full: 2, slow: 3 } as never),
      'unknown option "slow"',
    ],
    ["a count of seeds", () => lab.seeds(0), "lab.seeds: count must be an integer"],
  ])("%s", (_, open, words) => {
    expect(open).toThrow(words);
  });

  test.each<[string, string, unknown, string]>([
    ["an unknown id", "tour-one-rewards", { rows }, 'got "tour-one-rewards"; there are "tour-one-reward"'],
    ["an inherited name", "constructor", { rows }, 'got "constructor"; there are'],
    [
      "an id that is no file name",
      "My Figure",
      { data: [], layout: {} },
      'id must be lower-case words joined by "-"',
    ],
    ["no result", "tour-one-reward", undefined, "lab.figure: result must be an object"],
    ["a misspelt key", "tour-one-reward", { rosw: rows }, 'did you mean "rows"?'],
    [
      "rows that are none",
      "tour-one-reward",
      { rows: [1] },
      'rows of "tour-one-reward" must be an array of rows',
    ],
    ["data that is none", "tour-one-reward", { rows, data: [{}] }, "lab.figure: data must be a data set"],
    [
      "a sweep that is none",
      "tour-one-reward",
      { sweeps: { rows } },
      "lab.figure: sweeps must be what `sweep` gives",
    ],
    [
      "a draw that is none",
      "methods",
      { rows, draw: "bars" },
      "lab.figure: draw must be a function of a record",
    ],
    [
      "a misspelt attribute",
      "mine",
      { data: [{ x: [1], markr: {} }], layout: {} },
      'lab.figure: data[0]: "markr" is no attribute of a trace of type "scatter"; did you mean "marker"?',
    ],
    [
      "a trace without a picture",
      "mine",
      { data: [{ x: [1] }, { type: "scattergl" }], layout: {} },
      'lab.figure: data[1]: type "scattergl" cannot be drawn (only what needs neither WebGL nor a network can); take scatter',
    ],
  ])("%s", async (_, id, result, words) => {
    await expect(lab.figure(id, result as never)).rejects.toThrow(words);
  });
});
