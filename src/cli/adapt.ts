import { ExitCode } from "../core/index.js";
import { dataFromTable, selectUser } from "../data/index.js";
import { readItems, readTable } from "../data/files/index.js";
import { parse, UsageError, type Command } from "./command.js";
import { withUser } from "../train/index.js";
import { columnsOption, tiesOption, writeResult } from "./data-options.js";
import { READING_FLAGS, READING_HELP, readingOptions } from "./reading-options.js";
import { asTrained, isWeights, readModel } from "./score.js";

const TEXT = { type: "string" } as const;
/** Flags of this command alone. */
const OWN = { user: TEXT, ties: TEXT, items: TEXT, contexts: TEXT, encoder: TEXT, save: TEXT } as const;

export const adapt: Command = {
  summary: "the weights of a new user: adapt M.safetensors COMPARISONS.jsonl --user ID",
  help: `
usage: pal-lab adapt M.safetensors COMPARISONS --user ID [options]

COMPARISONS is a table like the one that the model was trained on. Everything else of the model stays as it is. Prints the user's weights on
the prototypes or types as JSON, which "pal-lab score --weights" takes; and "state" where more is known of a user, which "pal-lab score --state"
takes. Answers are read as those of the training were, which "coding" says.

  --save FILE          writes the model with this user in it, whom "pal-lab score FILE PAIRS --user ID" then knows
  --user ID            whose comparisons of the table; all, where it has no user column
  --column ROLE=NAME   the column for user, left, right, label or context (repeatable; default: guessed)
  --ties drop|half     ties are dropped (default), or kept as half an answer either way
${READING_HELP}  --items FILE         the table that items' ids refer to: id, and text or features (--contexts FILE: of contexts)
  --encoder E          of texts, as in training: use-lite (default), hash, transformers:MODEL
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...OWN,
      ...READING_FLAGS,
      column: { type: "string", multiple: true },
    });
    if (positionals.length !== 2)
      throw new UsageError(`needs M.safetensors and COMPARISONS, got ${positionals.length} arguments`);
    const { user, ties, items, contexts, encoder, save } = values;
    if (user === undefined) throw new UsageError("needs --user ID");
    const fitted = await readModel(positionals[0]);
    const table = await readTable(positionals[1]);
    const tables = {
      ...(items === undefined ? {} : { items: await readItems(items) }),
      ...(contexts === undefined ? {} : { contexts: await readItems(contexts) }),
    };
    const reading = readingOptions(values);
    const isGiven = [reading.labels, reading.votes, reading.scale].some((option) => option !== undefined);
    const options = {
      ...{ user, ...columnsOption(values.column), ...tiesOption(ties), ...reading },
      ...(isGiven || fitted.coding === undefined ? {} : { coding: fitted.coding }),
    };
    const { data } = dataFromTable(table, options, tables);
    const comparisons = await asTrained(selectUser(data, user), fitted, { encoder, terminal });
    const inferred = fitted.infer(comparisons);
    const { weights: state, dualityGap } = inferred;
    const result = {
      ...{ user, comparisons: comparisons.label.length, coding: data.coding?.name },
      ...{ weights: Array.from(fitted.model.user.weights?.(state, 1) ?? state), dualityGap },
      ...(isWeights(fitted) ? {} : { state: Array.from(state) }),
    };
    if (save !== undefined) {
      await writeResult(save, withUser(fitted, user, inferred).save());
      terminal.error.write(
        `wrote ${save}, the model with ${user}: pal-lab score ${save} PAIRS --user ${user}\n`,
      );
    }
    terminal.out.write(`${JSON.stringify(result)}\n`);
    return ExitCode.ok;
  },
};
