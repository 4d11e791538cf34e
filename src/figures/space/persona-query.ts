import { checkIsRecord, type FigureRecord } from "../../core/index.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure, PlotlyObject } from "../figure.js";
import { checkedTitle, withClaim, type CheckedWords } from "../checked-title.js";
import { subtitleOf } from "../subtitle.js";
import * as theme from "../theme/index.js";

/** One question to two users, as `persona-query` shows it. */
export interface PersonaQuery {
  readonly statement: string;
  /** The persona whose set the statement is from. */
  readonly from: string;
  readonly users: readonly {
    readonly persona: string;
    /** -1 "no", +1 "yes". */
    readonly label: -1 | 1;
    /** What the fitted model says, P(yes), 0-1. */
    readonly probability: number;
  }[];
}

const HEIGHT = 400;

/** A prompt with its two answers, and what users of two personas prefer: the same question, opposite labels. */
export function personaQuery(record: FigureRecord<PersonaQuery>): Figure {
  checkIsRecord("personaQuery: record", record);
  const query = record.extra ?? { statement: "", from: "", users: [] };
  if (query.users.length === 0) return emptyFigure(record, "the record holds nothing that could be drawn");
  const said = checkedTitle(wordsOf(query));
  const base = theme.baseLayout({
    ...{ height: HEIGHT, title: said.title, subtitle: subtitleOf(record), legend: "none" },
  });
  const hidden = { visible: false, fixedrange: true };
  return {
    id: record.id,
    data: [
      {
        type: "scatter",
        x: [0],
        y: [0],
        mode: "markers",
        marker: { opacity: 0 },
        hoverinfo: "skip",
        showlegend: false,
      },
    ],
    layout: {
      ...base,
      margin: { ...(base.margin as PlotlyObject), l: 16, r: 16, b: 16 },
      xaxis: { ...hidden, range: [0, 1] },
      yaxis: { ...hidden, range: [0, 1] },
      ...theme.marks(
        promptBox(query),
        ...query.users.map(({ persona }, i) =>
          userBox(query, i, theme.groupColor(placeOf(persona, record, i))),
        ),
      ),
    },
    alt: said.alt,
    record: withClaim(record, said),
  };
}

function wordsOf({ statement, users }: PersonaQuery): CheckedWords {
  const answers = users.map((user) => `${user.persona} answers ${answer(user.label)}`).join(", ");
  return {
    holds: new Set(users.map(({ label }) => label)).size > 1,
    title: "One question, two users, opposite answers",
    alt: `The statement "${statement}" is shown to users with different interests: ${answers}.`,
    otherwise: `The statement "${statement}" is shown to users with different interests: ${answers}`,
  };
}

function promptBox({ statement, from }: PersonaQuery): theme.Marks {
  const text = (content: string, y: number, extra: PlotlyObject): PlotlyObject => {
    return {
      ...theme.note({ text: "", x: 0.03, y, xanchor: "left", yanchor: "top" }),
      text: content,
      align: "left",
      ...extra,
    };
  };
  return {
    shapes: [box([0, 0.56], [1, 1], theme.MUTED)],
    annotations: [
      text(theme.plainText("Prompt: is the following statement something you would say?"), 0.97, {
        font: { size: 13 },
      }),
      text(`<b>“${theme.wrapText(statement, 72)}”</b>`, 0.88, { font: { size: 17 } }),
      text(theme.plainText(`from the set of ${from}   ·   left answer: No   ·   right answer: Yes`), 0.64, {
        font: { size: 13, color: theme.MUTED },
      }),
    ],
  };
}

/** The place of a persona among those of the record, so that it has the colour that it has on the map of statements. */
function placeOf(persona: string, { config }: FigureRecord, i: number): number {
  const place = Array.isArray(config.personas) ? config.personas.indexOf(persona) : -1;
  return place < 0 ? i : place;
}

function userBox({ users }: PersonaQuery, i: number, color: string): theme.Marks {
  const user = users[i];
  const width = (1 - 0.04 * (users.length - 1)) / users.length;
  const left = i * (width + 0.04);
  const centre = { x: left + width / 2, xanchor: "center", yanchor: "middle", align: "center" } as const;
  const line = (content: string, y: number, font: PlotlyObject): PlotlyObject => {
    return { ...theme.note({ text: "", ...centre, y }), text: content, font };
  };
  const preferred = user.label > 0 ? "right" : "left";
  return {
    shapes: [box([left, 0], [left + width, 0.5], color)],
    annotations: [
      line(theme.plainText(`a user with ${user.persona}`), 0.42, { size: 14, color: theme.INK }),
      line(`<b>${answer(user.label)}</b>`, 0.28, { size: 26, color }),
      line(
        theme.plainText(`label y = ${user.label > 0 ? "+1" : "−1"}: the ${preferred} answer is preferred`),
        0.15,
        { size: 13 },
      ),
      line(theme.plainText(`the fitted model: P(yes) = ${user.probability.toFixed(3)}`), 0.06, {
        size: 13,
        color: theme.MUTED,
      }),
    ],
  };
}

function box([x0, y0]: Corner, [x1, y1]: Corner, color: string): PlotlyObject {
  const place = { xref: "x", yref: "y", x0, y0, x1, y1, layer: "below" };
  return { type: "rect", ...place, line: { color, width: 2 }, fillcolor: theme.rgba(color, 0.06) };
}

type Corner = readonly [x: number, y: number];

function answer(label: -1 | 1): string {
  return label > 0 ? "Yes" : "No";
}
