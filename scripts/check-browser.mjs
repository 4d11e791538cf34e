// `pal-lab/browser` bundles for a browser (nothing of Node in it), and the bundle trains.
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["dist/browser.js"],
  bundle: true,
  platform: "browser",
  format: "esm",
  write: false,
  minify: true,
  logLevel: "error",
});
const [{ contents, text }] = outputFiles;
const lab = await import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`);
const data = lab.simulateIdealPoints({
  ...{ dimension: 4, prototypes: 2, users: 20, comparisonsPerUser: 60, setting: "partition", seed: 1 },
});
const { train, test } = lab.splitByComparison(data, { validation: 0, test: 20 }, lab.randomStream(1));
const model = await lab.fit(new lab.PalA({ k: 2, latentDimension: 4 }), train, {
  ...{ engine: await lab.loadEngine(), seed: 1, epochs: 150, batchSize: 64 },
});
const { accuracy } = lab.accuracySeen(model, test);
if (!(accuracy > 0.8)) throw new Error(`the bundle trains badly: accuracy ${accuracy}`);
console.log(
  `browser bundle: ${Math.round(text.length / 1024)} kB, trains to accuracy ${accuracy.toFixed(3)}`,
);
