import { createProgress, ExitCode, InterruptedError, randomStream, silent } from "../core/index.js";
import { renderSummary, splitByComparison, type PreferenceData } from "../data/index.js";
import { embedTexts, loadData, type EncoderName } from "../data/files/index.js";
import { loadEngine } from "../engine/index.js";
import { accuracySeen } from "../evaluate/index.js";
import { KINDS } from "../families/index.js";
import { fit, type Convergence, type History } from "../train/index.js";
import { MODEL_FLAGS, modelHelp, modelOf } from "./model-options.js";
import { numberOption, parse, UsageError, type Command, type Terminal } from "./command.js";
import {
  checkIsNoFolder,
  DATA_FLAGS,
  DATA_HELP,
  dataOptions,
  numberOr,
  onePositional,
  writeResult,
} from "./data-options.js";

const TEXT = { type: "string" } as const;

/** Flags of this command that are of no model. */
export const TRAIN_FLAGS = {
  ...{ model: TEXT, epochs: TEXT, seed: TEXT, test: TEXT, encoder: TEXT, out: TEXT },
  json: { type: "boolean" },
} as const;

export const train: Command = {
  summary: "train a model on a data set: train DATA --model pal-a --k 3 --out M.safetensors",
  help: `
usage: pal-lab train DATA --model ${KINDS.join("|")} --out M.safetensors [options]

  --epochs N       passes over the data (default: until the training has converged, which is said)
  --seed S         default 1
  --test N         comparisons of each user that do not train, to measure accuracy on, default 0; of rankings, ratings and
                   choices, these are counted, not the pairs that are made of them
  --encoder E      turns items that are texts into numbers: use-lite (default), hash, transformers:MODEL; none learns one vector an
                   item. Statements of votes and other contexts are learned unless items are texts or --encoder is given
  --json           prints what was trained as JSON
${DATA_HELP}
of the model:
${modelHelp()}
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ ...MODEL_FLAGS, ...DATA_FLAGS, ...TRAIN_FLAGS },
    });
    const path = onePositional("DATA", positionals);
    const { out } = values;
    if (out === undefined) throw new UsageError("needs --out M.safetensors");
    await checkIsNoFolder(out);
    const model = modelOf(values.model, values);
    const seed = numberOr("seed", values.seed, 1);
    const epochs = numberOption("epochs", values.epochs);
    const loaded = await loadData(path, { ...areTexts(values), ...dataOptions(values, terminal) });
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
    const progress =
      epochs === undefined ? silent : createProgress(`training ${model.kind}`, epochs, terminal.error);
    const length = epochs === undefined ? ({ until: "converged" } as const) : { epochs };
    const fitted = await fit(model, parts.train, {
      engine: await loadEngine(),
      ...{ seed, signal: terminal.signal },
      ...(model.own === undefined ? { ...length, onEpoch: () => progress.advance() } : {}),
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
      ...lossOf(fitted.history),
      ...(test === undefined
        ? {}
        : {
            test: {
              accuracy: test.accuracy,
              comparisons: test.comparisons,
            },
          }),
    };
    warn(fitted.history, terminal);
    const accuracy =
      test === undefined
        ? ""
        : `; accuracy ${test.accuracy.toFixed(3)} on ${result.test?.comparisons} comparisons that did not train`;
    const text = `wrote ${out}: ${model.kind} of ${result.users} users from ${result.comparisons} comparisons, ${ended(fitted.history)}${accuracy}\n`;
    terminal.out.write(values.json === true ? `${JSON.stringify(result, undefined, 1)}\n` : text);
    return ExitCode.ok;
  },
};

/** What the training warned of. */
function warn(history: History | undefined, terminal: Terminal): void {
  for (const warning of history?.warnings ?? []) terminal.error.write(`pal-lab: warning: ${warning}\n`);
}

/** With an encoder that is named items are texts, however short. */
function areTexts({ encoder, ids }: { encoder?: string; ids?: boolean }): { readonly texts?: true } {
  return encoder === undefined || encoder === "none" || ids === true ? {} : { texts: true };
}

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

function lossOf(history: History | undefined): {
  readonly loss?: number;
  readonly convergence?: Convergence;
} {
  const { epochs = [], convergence } = history ?? {};
  return {
    ...(epochs.length === 0 ? {} : { loss: epochs[epochs.length - 1].loss }),
    ...(convergence === undefined ? {} : { convergence }),
  };
}

/** How the training ended, in words. */
function ended(history: History | undefined): string {
  const { loss, convergence } = lossOf(history);
  if (loss === undefined) return "by its own method";
  const text = `loss ${loss.toFixed(4)}`;
  if (convergence === undefined) return text;
  const { isConverged, steps } = convergence;
  return isConverged
    ? `${text}, converged after ${steps} steps`
    : `${text}, NOT converged after ${steps} steps: the loss was still falling; --epochs N trains longer`;
}
