import type { DisplayBundle } from "../figures/render/index.js";
import { escapeMarkup } from "../figures/text/index.js";
import type { ExerciseCheck } from "./exercise-check.js";
import { judgeAnswer, type Verdict } from "./judge-answer.js";

/** In words, with a sign for who looks, and the theme's colour beside it: JupyterLab's where there is one. */
const LOOKS: {
  readonly [V in Verdict]: { readonly word: string; readonly sign: string; readonly colour: string };
} = {
  right: { word: "Right.", sign: "✓", colour: "var(--jp-success-color1, #00815d)" },
  wrong: { word: "Not right yet.", sign: "✗", colour: "var(--jp-error-color1, #c4302b)" },
  none: { word: "Not right yet.", sign: "…", colour: "var(--jp-border-color1, #808080)" },
};

/**
 * What is shown below an exercise: whether the answer is right, in words, and what helps. Its verdict is in the metadata of `text/html`, as
 * `exercise`, for programs.
 * @throws InputError for a check that is none; never for an answer
 */
export function exerciseBundle(answer: unknown, check: ExerciseCheck): DisplayBundle {
  const { verdict, says } = judgeAnswer(answer, check);
  const { word, sign, colour } = LOOKS[verdict];
  const style = `border-left: 4px solid ${colour}; padding: 2px 12px; margin: 4px 0; max-width: 80ch`;
  const words = says === "" ? "" : ` ${says}`;
  return {
    data: {
      "text/html":
        `<div role="status" style="${style}"><span aria-hidden="true">${sign}</span> ` +
        `<strong>${word}</strong>${escapeMarkup(words)}</div>`,
      "text/markdown": `**${word}**${words.replace(/[\\`*_{}[\]<>#&|~$!]/g, "\\$&")}`,
      "text/plain": `Exercise: ${word.toLowerCase()}${words}`,
    },
    metadata: { "text/html": { exercise: verdict } },
  };
}
