import type { FigureRecord } from "../core/index.js";
import type { IndexFigure } from "./figure-section.js";
import { verdict } from "./figure-section.js";
import { html, type Html } from "./html.js";

/** Figures whose statements a newcomer reads first, in plain words where they hold; others stand in where a run has not made these. */
const FIRST = new Map([
  [
    "simulation-accuracy-vs-k",
    "A model needs as many prototypes as there are typical tastes among the people; more change little.",
  ],
  [
    "persona-accuracy-vs-k",
    "On real sentences, one model for all does no better than the best guess that does not know who is asked; one that learns each person does.",
  ],
  [
    "simulation-new-users",
    "Twenty choices are enough to know someone new nearly as well as someone the model has learned from.",
  ],
]);
const SHOWN = 3;

/** Three statements that figures make of their rows, each with its verdict and a link; one that does not hold is not printed as if it did. */
export function findingsOf(figures: readonly IndexFigure[]): Html | false {
  const order = [...FIRST.keys()];
  const rank = ({ record }: IndexFigure): number => {
    const at = order.indexOf(record.id);
    return at < 0 ? order.length : at;
  };
  const shown = figures
    .filter(({ record }) => record.checked !== undefined)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN);
  if (shown.length === 0) return false;
  return html`<section id="findings">
    <h2>What was found</h2>
    <ol class="findings">
      ${shown.map(({ record }) => finding(record))}
    </ol>
  </section>`;
}

function finding({ id, claim, checked }: FigureRecord): Html | false {
  if (checked === undefined) return false;
  if (!checked.holds) return html`<li>${verdict(checked)} <a href="#${id}">${claim}</a></li>`;
  return html`<li>
    <span class="good">✓</span> ${FIRST.get(id) ?? checked.says}
    <small><a href="#${id}">the figure and its check</a></small>
  </li>`;
}
