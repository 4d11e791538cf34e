import { createProgress, ExitCode, InterruptedError, randomStream } from "../core/index.js";
import { renderSummary, splitByComparison, type PreferenceData } from "../data/index.js";
import { embedTexts, loadData, type EncoderName } from "../data/files/index.js";
import { loadEngine } from "../engine/index.js";
import { accuracySeen } from "../evaluate/index.js";
import { KINDS } from "../families/index.js";
import { fit } from "../train/index.js";
import { MODEL_FLAGS, modelHelp, modelOf } from "./model-options.js";
import { parse, UsageError, type Command, type Terminal } from "./command.js";
import { DATA_FLAGS, DATA_HELP, dataOptions, numberOr, onePositional, writeResult } from "./data-options.js";

const TEXT = { type: "string" } as const;

export const train: Command = {
  summary: "train a model on a data set: train DATA --model pal-a --k 3 --out M.safetensors",
  help: `
usage: pal-lab train DATA --model ${KINDS.join("|")} --out M.safetensors [options]

  --epochs N       passes over the data, default 300
  --seed S         default 1
  --test N         comparisons of each user that do not train, to measure accuracy on, default 0
  --encoder E      turns items that are texts into numbers: use-lite (default), hash, transformers:MODEL; none learns one vector an
                   item. Statements of votes and other contexts are learned unless items are texts or --encoder is given
  --json           prints what was trained as JSON
${DATA_HELP}
of the model:
${modelHelp()}
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ ...MODEL_FLAGS, ...DATA_FLAGS, model: TEXT, epochs: TEXT, seed: TEXT, test: TEXT },
      ...{ encoder: TEXT, out: TEXT, json: { type: "boolean" } },
    });
    const path = onePositional("DATA", positionals);
    const { out } = values;
    if (out === undefined) throw new UsageError("needs --out M.safetensors");
    const model = modelOf(values.model, values);
    const seed = numberOr("seed", values.seed, 1);
    const epochs = numberOr("epochs", values.epochs, 300);
    const loaded = await loadData(path, dataOptions(values, terminal));
    if (values.json !== true) terminal.out.write(`${renderSummary(loaded.summary)}\n\n`);
    const isById = model.own !== undefined && values.encoder === undefined;
    const data = isById ? loaded.data : await withFeatures(loaded.data, values.encoder, terminal);
    const heldOut = numberOr("test", values.test, 0);
    const parts =
      heldOut === 0
        ? { train: data }
        : splitByComparison(data, { validation: 0, test: heldOut }, randomStream(seed).split("split"));
    if (model.own !== undefined && values.epochs !== undefined) {
      throw new UsageError(
        `--epochs is of training by gradients, and ${model.kind} is fitted by its own method; leave it out`,
      );
    }
    const progress = createProgress(`training ${model.kind}`, epochs, terminal.error);
    const fitted = await fit(model, parts.train, {
      engine: await loadEngine(),
      ...{ seed, signal: terminal.signal },
      ...(model.own === undefined ? { epochs, onEpoch: () => progress.advance() } : {}),
    });
    progress.finish();
    if (fitted.history?.isStopped === true)
      throw new InterruptedError("training was stopped; nothing was written");
    await writeResult(out, fitted.save());
    const test = "test" in parts ? accuracySeen(fitted, parts.test) : undefined;
    const result = {
      out,
      model: model.config,
      users: data.users.length,
      comparisons: parts.train.label.length,
      seed,
      loss: fitted.history?.epochs.at(-1)?.loss,
      ...(test === undefined
        ? {}
        : {
            test: {
              accuracy: test.accuracy,
              comparisons: parts.train === data ? 0 : heldOut * data.users.length,
            },
          }),
    };
    const accuracy =
      test === undefined
        ? ""
        : `; accuracy ${test.accuracy.toFixed(3)} on ${result.test?.comparisons} comparisons that did not train`;
    const loss = result.loss === undefined ? "by its own method" : `loss ${result.loss.toFixed(4)}`;
    const text = `wrote ${out}: ${model.kind} of ${result.users} users from ${result.comparisons} comparisons, ${loss}${accuracy}\n`;
    terminal.out.write(values.json === true ? `${JSON.stringify(result, undefined, 1)}\n` : text);
    return ExitCode.ok;
  },
};

/** Items that are texts, and then contexts too, are turned into numbers; ids and answers like "agree" are learned. */
async function withFeatures(
  data: PreferenceData,
  encoder: string | undefined,
  terminal: Terminal,
): Promise<PreferenceData> {
  const areTexts =
    data.items.text?.some((text) => /\s/.test(text)) === true && data.items.features === undefined;
  if (encoder === "none" || (encoder === undefined && !areTexts)) return data;
  return embedTexts(data, {
    encoder: (encoder ?? "use-lite") as EncoderName,
    progress: (title, total) => createProgress(title, total, terminal.error),
  });
}
