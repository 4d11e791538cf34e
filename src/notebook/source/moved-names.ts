/** Names of pal-lab 0.1 that lie in a namespace now. */
const MOVED: { readonly [namespace: string]: readonly string[] } = {
  data: [
    "OWN_PERSONAS",
    "PERSONAS",
    "POLIS_CONVERSATIONS",
    "UnreachableError",
    "cacheFolder",
    "comparisonCount",
    "countByUser",
    "embed",
    "embedTexts",
    "embeddedComparisons",
    "featureDimension",
    "keepUsers",
    "loadData",
    "loadStatements",
    "personaPool",
    "renderSummary",
    "selectRows",
    "selectUser",
    "simulatePickAFilter",
    "splitByStatement",
    "writeData",
  ],
  engine: ["ENGINES", "isBuildSupported"],
  families: ["FAMILIES", "PAPER_RECIPE", "modelFrom"],
  figures: [
    "chooseKRecovery",
    "exploreCalibration",
    "exploreItems",
    "exploreLadder",
    "exploreMaps",
    "explorePrototypes",
    "exploreTest",
    "exploreUsers",
    "figuresFolder",
    "heterogeneityTestCalibration",
    "methodComparison",
    "personaAccuracyVsDimension",
    "personaAccuracyVsK",
    "personaAccuracyVsSamples",
    "personaNewUsers",
    "personaQuery",
    "pickAFilter",
    "planePoints",
    "polisHeldOut",
    "renderHtml",
    "renderPng",
    "renderSvg",
    "simulationAccuracyVsK",
    "simulationAccuracyVsSamples",
    "simulationIdealPoints",
    "simulationLatentSpace",
    "simulationNewUsers",
    "simulationPopulations",
    "statementMap",
    "tableOptions",
    "theme",
    "trainingCurve",
    "userSimplex",
  ],
  maps: ["alignAffine", "applyAffine", "pca", "procrustes", "trustworthiness", "umapProjection"],
  metrics: ["CHANCE", "accuracyOf", "alignToTruth", "oracleCeiling", "personaBlindCeiling"],
  trained: [
    "FittedModel",
    "FittedPrototypeModel",
    "decodeTensors",
    "encodeTensors",
    "fitChunks",
    "loadAuthorsCheckpoint",
    "weightPosterior",
  ],
  stats: [
    "RandomStream",
    "bootstrapInterval",
    "mean",
    "quantile",
    "standardDeviation",
    "sha256",
    "stableJson",
  ],
  study: [
    "CHOICE_RULE",
    "INTERESTS",
    "ONE_STANDARD_ERROR_RULE",
    "SweepError",
    "adjustedRandIndex",
    "chooseK",
    "columnWords",
    "createProgress",
    "describePrototypes",
    "duration",
    "engineLearner",
    "gainWords",
    "heaviestPrototype",
    "kindWords",
    "marginalLearner",
    "methodContext",
    "opinionWords",
    "pWords",
    "plainAnswers",
    "scoreTest",
    "sureWords",
    "testHeterogeneity",
    "testWords",
    "threadRunner",
  ],
};
/** Names that are others now. */
const RENAMED: { readonly [name: string]: string } = {
  chosenK: "study.kByValidation",
  heaviest: "study.heaviestPrototype",
};

/** Where a name of pal-lab 0.1 is found now, as "maps.pca"; undefined for one that did not move. */
export function movedName(name: string): string | undefined {
  const namespace = Object.keys(MOVED).find((each) => MOVED[each].includes(name));
  return RENAMED[name] ?? (namespace === undefined ? undefined : `${namespace}.${name}`);
}

/** Every name that moved, with its place now. */
export const MOVED_NAMES: readonly (readonly [string, string])[] = [
  ...Object.entries(MOVED).flatMap(([namespace, names]) =>
    names.map((name) => [name, `${namespace}.${name}`] as const),
  ),
  ...Object.entries(RENAMED),
];

/** What to write instead of an import of it. */
export function movedWords(name: string): string | undefined {
  const place = movedName(name);
  if (place === undefined) return undefined;
  return `"${name}" moved in pal-lab 0.2: import { ${place.split(".")[0]} } from "pal-lab" and write ${place}`;
}
