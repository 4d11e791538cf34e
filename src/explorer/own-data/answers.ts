import { InputError, randomStream, stableJson } from "../../core/index.js";
import { renderSummary, type PreferenceData } from "../../data/index.js";
import { explore, sampleUsers } from "../../evaluate/index.js";
import { exploreFigures, explorePage } from "../../report/explore/index.js";
import { plainAnswers } from "../../report/words/index.js";
import type { Answers } from "../worker/answers.js";
import type { OwnDataCalls, OwnDataReport } from "./calls.js";
import { MOST_ANSWERS } from "./limits.js";
import { readOwn } from "./read-own.js";

const SEED = 1;

/** Answers to what "your own data" asks. */
export const ownDataAnswers: Answers<keyof OwnDataCalls> = {
  async "own-data/report"({ files }, { progress, turn }) {
    progress("reading");
    await turn();
    const { data: all, summary } = await readOwn(files);
    const { data, sample } = partOf(all);
    progress("testing whether people differ");
    await turn();
    const found = await explore(data, { seed: SEED, onStage: progress, turn });
    progress("writing the page");
    await turn();
    const figures = exploreFigures(found);
    const said = sample === undefined ? summary : { ...summary, warnings: [...summary.warnings, sample] };
    const report: OwnDataReport = {
      name: found.source.name,
      summary: renderSummary(summary),
      ...(sample === undefined ? {} : { sample }),
      findings: plainAnswers(found).map(({ question, answer }) => ({ question, answer })),
      page: explorePage({
        ...{ exploration: found, summary: said, isStill: true },
        figures: figures.map((figure) => ({ figure })),
      }),
      figures: figures.map(({ id, alt, data, layout }) => ({
        ...{ id, alt },
        specification: stableJson({ data, layout }, { digits: 4 }),
      })),
      json: stableJson({ exploration: found, summary }, { digits: 6, indent: 1 }),
    };
    return report;
  },
};

/** All of the data, or the answers of some users where there are too many for a page, and which. */
export function partOf(all: PreferenceData): { readonly data: PreferenceData; readonly sample?: string } {
  const answers = all.label.length;
  if (answers <= MOST_ANSWERS) return { data: all };
  const users = all.users.length;
  const most = Math.max(2, Math.floor((MOST_ANSWERS / answers) * users));
  const { data } = sampleUsers(all, most, randomStream(SEED).split("own data"));
  if (data.label.length > 4 * MOST_ANSWERS)
    throw new InputError(
      `these are ${answers} answers of ${users} users: too many of each for a page. The command line takes them: pal-lab explore FILE`,
    );
  return {
    data,
    sample: `Only a part was looked at: ${data.users.length} of ${users} users, drawn at random (seed ${SEED}), with ${data.label.length} of ${answers} answers. The command line looks at more: pal-lab explore FILE.`,
  };
}
