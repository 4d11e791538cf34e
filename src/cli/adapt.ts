import { ExitCode } from "../core/index.js";
import { dataFromTable, selectUser } from "../data/index.js";
import { readItems, readTable } from "../data/files/index.js";
import { parse, UsageError, type Command } from "./command.js";
import { columnsOption, tiesOption } from "./data-options.js";
import { asTrained, isWeights, readModel } from "./score.js";

const TEXT = { type: "string" } as const;

export const adapt: Command = {
  summary: "the weights of a new user: adapt M.safetensors COMPARISONS.jsonl --user ID",
  help: `
usage: pal-lab adapt M.safetensors COMPARISONS --user ID [options]

COMPARISONS is a table like the one that the model was trained on. Everything else of the model stays as it is. Prints the user's weights on
the prototypes or types as JSON, which "pal-lab score --weights" takes; and "state" where more is known of a user, which "pal-lab score --state"
takes.

  --user ID            whose comparisons of the table; all, where it has no user column
  --column ROLE=NAME   the column for user, left, right, label or context (repeatable; default: guessed)
  --ties drop|half     ties are dropped (default), or kept as half an answer either way
  --items FILE         the table that items' ids refer to: id, and text or features (--contexts FILE: of contexts)
  --encoder E          of texts, as in training: use-lite (default), hash, transformers:MODEL
`,
  async run(args, terminal): Promise<number> {
    const { values, positionals } = parse(args, {
      ...{ user: TEXT, ties: TEXT, items: TEXT, contexts: TEXT, encoder: TEXT },
      column: { type: "string", multiple: true },
    });
    if (positionals.length !== 2)
      throw new UsageError(`needs M.safetensors and COMPARISONS, got ${positionals.length} arguments`);
    const { user, ties, items, contexts, encoder } = values;
    if (user === undefined) throw new UsageError("needs --user ID");
    const fitted = await readModel(positionals[0]);
    const table = await readTable(positionals[1]);
    const tables = {
      ...(items === undefined ? {} : { items: await readItems(items) }),
      ...(contexts === undefined ? {} : { contexts: await readItems(contexts) }),
    };
    const options = { user, ...columnsOption(values.column), ...tiesOption(ties) };
    const { data } = dataFromTable(table, options, tables);
    const comparisons = await asTrained(selectUser(data, user), fitted, { encoder, terminal });
    const { weights: state, dualityGap } = fitted.infer(comparisons);
    const result = {
      ...{ user, comparisons: comparisons.label.length },
      ...{ weights: Array.from(fitted.model.user.weights?.(state, 1) ?? state), dualityGap },
      ...(isWeights(fitted) ? {} : { state: Array.from(state) }),
    };
    terminal.out.write(`${JSON.stringify(result)}\n`);
    return ExitCode.ok;
  },
};
