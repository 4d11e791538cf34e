/** Rooms, the rooms that each may import, and the rooms below it that have a door (an index.ts) of their own. */
export const ROOMS: {
  readonly [room: string]: { readonly imports: readonly string[]; readonly doors?: readonly string[] };
} = {
  core: { imports: [] },
  files: { imports: [] },
  formats: { imports: ["core"] },
  data: { imports: ["core", "files", "formats"], doors: ["files", "worlds"] },
  graph: { imports: ["core", "data"] },
  families: { imports: ["core", "data", "graph"] },
  engine: { imports: ["core", "data", "graph", "families"] },
  train: { imports: ["core", "formats", "data", "graph", "families", "engine"] },
  // recovery compares with the truth after alignment, which is project's
  evaluate: {
    imports: ["core", "files", "data", "families", "engine", "train", "policies", "project", "figures"],
    doors: ["sweep", "experiments", "compare", "explore", "heterogeneity", "methods", "questions", "threads"],
  },
  policies: { imports: ["core", "data", "graph", "engine", "train", "project"] },
  project: { imports: ["core"] },
  figures: { imports: ["core", "files"], doors: ["render", "theme"] },
  notebook: { imports: ["core", "files", "formats"], doors: ["jupyter"] },
  // the page of an exploration is written from what evaluate found, and lays weights out by project
  report: {
    imports: ["core", "files", "formats", "data", "evaluate", "figures", "project"],
    doors: ["words", "figures"],
  },
  // what lessons are written with: records, figures and tables of what they measured
  lessons: { imports: ["core", "data", "engine", "evaluate", "figures", "report"] },
  // the command line enters rooms, not the whole index: a command loads only what it needs
  cli: {
    imports: [
      "core",
      "files",
      "formats",
      "data",
      "families",
      "engine",
      "train",
      "evaluate",
      "figures",
      "index",
      "report",
      "lessons",
      "notebook",
    ],
  },
  // what programs and notebooks enter: names, and namespaces of names
  public: {
    imports: [
      "core",
      "data",
      "families",
      "engine",
      "train",
      "policies",
      "evaluate",
      "project",
      "figures",
      "report",
      "lessons",
    ],
    doors: ["node", "web"],
  },
  index: { imports: ["public"] },
  browser: { imports: ["public"] },
};

/** A browser runs these: nothing of Node. `folder/*` is the files of a folder alone, `folder/**` all below it. */
export const WITHOUT_NODE = [
  "core/**",
  "formats/**",
  "data/*",
  "data/tables/**",
  "data/worlds/**",
  "graph/**",
  "families/**",
  "engine/**",
  "train/**",
  "evaluate/*",
  "evaluate/explore/**",
  "evaluate/heterogeneity/**",
  "evaluate/methods/**",
  "evaluate/questions/**",
  "policies/**",
  "project/**",
  "figures/*",
  "figures/accuracy/**",
  "figures/calibration/**",
  "figures/latent/**",
  "figures/policies/**",
  "figures/space/**",
  "figures/theme/**",
  "report/figures/**",
  "report/words/**",
  "public/*",
  "public/web/**",
  "browser.ts",
];

/** Doors behind which Node is used: a browser's files do not pass them either. */
export const NODE_DOORS = [
  "files",
  "data/files",
  "figures/render",
  "public/node",
  "lessons",
  "evaluate/sweep",
  "evaluate/experiments",
  "evaluate/threads",
];
