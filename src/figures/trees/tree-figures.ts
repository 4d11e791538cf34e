import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import { grouped, intervalOf, shown } from "../policies/grouped.js";
import * as theme from "../theme/index.js";
import { rootShare, rootWords, variablesOf } from "./root-words.js";

/** What policies are made for, in order, by the methods of the cart and of the digits (of the paper's IL leaves). */
const REWARDS = [
  { place: "tree, soft", methods: ["tree, soft", "IL, soft"] },
  { place: "tree, hard", methods: ["tree, hard", "IL, hard"] },
  { place: "tree of the<br>track alone", methods: ["track alone, soft"] },
  { place: "random<br>pushes", methods: ["random pushes"] },
] as const;

/** What policies for learned trees earn of the true reward, as a part of what the policy for the true reward earns; worlds as series. */
export function treeReturns(record: FigureRecord): Figure {
  checkIsRecord("treeReturns: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const place = ({ method = "" }: RecordRow): number =>
    REWARDS.findIndex(({ methods }) => (methods as readonly string[]).includes(method));
  const digits = [...new Set(record.rows.flatMap(({ k }) => k ?? []))].sort((a, b) => a - b);
  const worlds = [
    { name: "cart with a pole", rows: record.rows.filter(({ k }) => k === undefined) },
    ...digits.map((count) => ({
      name: `digits 0 to ${count - 1}`,
      rows: record.rows.filter(({ k }) => k === count),
    })),
  ];
  const shares = (rows: readonly RecordRow[], at: number): number[] =>
    rows.flatMap((row) => (place(row) === at ? (row.measures?.share ?? []) : []));
  const share = (rows: readonly RecordRow[], at: number): number => intervalOf(shares(rows, at)).mean;
  const words = worlds.map(
    ({ name, rows }) => `${name} ${[0, 1].map((at) => shown(share(rows, at), 2)).join(" soft, ")} hard`,
  );
  const [cart] = worlds;
  const other = share(cart.rows, 2);
  const said = checkedTitle({
    holds: worlds.every(
      ({ rows }) => shares(rows, 0).length > 0 && shares(rows, 0).every((each) => each >= 0.9),
    ),
    title: "Policies for soft trees earn at least 0.9 of the true reward's policy",
    alt: `Part of the true reward's policy's return: ${words.join("; ")}; tree of the track alone ${shown(other, 2)}.`,
    otherwise: `Part of the true reward's policy's return: ${words.join("; ")}`,
  });
  return grouped({
    ...{ record, said, places: REWARDS.map(({ place: name }) => name) },
    ...{
      xTitle: "what the policy is made for",
      yTitle: "part of the true reward's policy",
      range: rangeOf(worlds.flatMap(({ rows }) => REWARDS.map((_, at) => shares(rows, at)))),
    },
    series: worlds.map(({ name, rows }) => ({
      ...{ name, rows: rows.filter((row) => place(row) >= 0) },
      x: place,
      y: (row) => row.measures?.share,
    })),
    marks: theme.marks(theme.chanceLine({ y: 0.9, label: "goal: 0.9", side: "right" })),
  });
}

/** What the root of each prototype's tree asks for, beside that of one tree for all. */
export function treePrototypes(record: FigureRecord): Figure {
  checkIsRecord("treePrototypes: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const variables = variablesOf(record.rows[0]);
  const groups = [...new Set(record.rows.map(({ group = "" }) => group))];
  const series = [
    ...groups.map((group) => ({
      name: `${group} group's prototype`,
      rows: record.rows.filter((row) => row.k === 2 && row.group === group),
    })),
    { name: "one tree for all", rows: record.rows.filter((row) => row.k === 1 && row.group === groups[0]) },
  ].filter(({ rows }) => rows.length > 0);
  const found = series.map(({ name, rows }) => ({
    name,
    root: rootWords(rows),
    wanted: wantedOf(rows[0], variables),
  }));
  const own = found.filter(({ name }) => name.endsWith("prototype"));
  const words = found.map(({ name, root }) => `${name}: ${root.words}`).join("; ");
  const times = [...new Set(own.map(({ root }) => root.times))].join(" and ");
  const said = checkedTitle({
    holds: own.length > 1 && own.every(({ root, wanted }) => root.isAll && root.variable === wanted),
    title: `Each prototype's tree asks at its root for what its group cares for, in ${times} runs`,
    alt: `Largest weight at the root of trees: ${words}.`,
    otherwise: `Largest weight at the root: ${words}`,
  });
  return grouped({
    ...{ record, said, places: variables, xTitle: "variable" },
    ...{
      yTitle: "share of the root's weights",
      range: rangeOf(
        series.flatMap(({ rows }) =>
          variables.map((name) => rows.flatMap((row) => rootShare(row, name) ?? [])),
        ),
      ),
    },
    series: series.map(({ name, rows }, i) => ({
      name,
      rows: rows.flatMap((row) =>
        variables.map((variable, at) => ({ ...row, k: at, accuracy: rootShare(row, variable) ?? NaN })),
      ),
      x: (row) => row.k,
      y: (row) => row.accuracy,
      color: name.endsWith("prototype") ? theme.groupColor(i) : theme.MUTED,
    })),
  });
}

/** The variable that a group cares for. */
function wantedOf(row: RecordRow, variables: readonly string[]): string | undefined {
  return variables[row.measures?.wanted ?? -1];
}

/** What holds 0, 1 and the intervals of all of these. */
function rangeOf(values: readonly (readonly number[])[]): [number, number] {
  const ends = values.flatMap((each) => {
    const { mean, low, high } = intervalOf(each);
    return [mean, low, high].filter((end) => Number.isFinite(end));
  });
  return [Math.min(0, ...ends) - 0.05, Math.max(1, ...ends) + 0.05];
}
