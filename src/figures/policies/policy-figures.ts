import { checkIsRecord, type FigureRecord, type RecordRow } from "../../core/index.js";
import { checkedTitle } from "../checked-title.js";
import { emptyFigure } from "../empty-figure.js";
import type { Figure } from "../figure.js";
import * as theme from "../theme/index.js";
import { grouped, intervalOf, measuresOf, shown } from "./grouped.js";

const LOSSES = ["DPO, beta 1", "LSIF", "UKL", "BCE"];
const STEEP = "DPO, beta 0.1";

/** How much less (or more) likely a policy makes what was chosen and what was rejected than the reference did, by the loss; DPO at beta 0.1 is said in words. */
export function imitationLikelihood(record: FigureRecord): Figure {
  checkIsRecord("imitationLikelihood: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const change = (row: RecordRow, side: string): number =>
    (row.measures?.[side] ?? NaN) - (row.measures?.[`${side}Before`] ?? NaN);
  const changes = (method: string, side: string) =>
    intervalOf(record.rows.filter((row) => row.method === method).map((row) => change(row, side)));
  const words = (method: string): string => signed(changes(method, "chosen").mean);
  const kept = ["UKL", "BCE"].map((method) => changes(method, "chosen").mean);
  const steep = `DPO at beta 0.1: chosen ${words(STEEP)}, rejected ${signed(changes(STEEP, "rejected").mean)}`;
  const said = checkedTitle({
    holds:
      [...LOSSES, STEEP]
        .filter((method) => method.startsWith("LSIF") || method.startsWith("DPO"))
        .every((method) => changes(method, "chosen").high < 0) &&
      kept.every((value) => Math.abs(value) < 0.1),
    title: "UKL and BCE keep what was chosen as likely as it was; LSIF and DPO do not",
    alt: `Change of the mean log-likelihood of chosen: ${LOSSES.map((method) => `${method} ${words(method)}`).join(", ")}; ${steep}, below the picture.`,
    otherwise: "Change of the likelihood of chosen and rejected, by the loss",
  });
  return grouped({
    ...{ record, said, places: LOSSES, xTitle: `loss (${steep}: below the picture)` },
    yTitle: "change of the mean log-likelihood",
    series: ["chosen", "rejected"].map((side) => ({
      name: side,
      rows: record.rows.filter((row) => LOSSES.includes(row.method ?? "")),
      x: (row) => LOSSES.indexOf(row.method ?? ""),
      y: (row) => change(row, side),
    })),
    marks: theme.marks(theme.chanceLine({ y: 0, label: "the reference", side: "left" })),
  });
}

/** Which of a group's beliefs a policy speaks for. */
export function beliefShares(record: FigureRecord): Figure {
  checkIsRecord("beliefShares: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const methods = [...new Set(record.rows.map((row) => row.method ?? ""))];
  const target = record.rows[0].series?.target ?? [];
  const distance = (method: string): number => intervalOf(measuresOf(record, method, "distance")).mean;
  const words = methods.map((method) => `${method} ${shown(distance(method), 3)}`).join(", ");
  const said = checkedTitle({
    holds: distance("GDPO") <= 0.02 && distance(STEEP) >= 0.5,
    title: "By DPO the majority takes all; GDPO speaks for each belief as often as it is held",
    alt: `Shares of beliefs that policies speak for, beside the group's. Jensen-Shannon distance to the group: ${words}.`,
    otherwise: `Shares of beliefs; Jensen-Shannon distance to the group: ${words}`,
  });
  const each = (rows: readonly RecordRow[], key: string): RecordRow[] =>
    rows.flatMap((row) => (row.series?.[key] ?? []).map((accuracy, k) => ({ ...row, accuracy, k })));
  const [first] = methods;
  const all = [
    {
      name: "the group",
      rows: each(
        record.rows.filter((row) => row.method === first),
        "target",
      ),
      color: theme.MUTED,
    },
    ...methods.map((method, i) => ({
      ...{ name: method, color: theme.groupColor(i) },
      rows: each(
        record.rows.filter((row) => row.method === method),
        "spoken",
      ),
    })),
  ];
  return grouped({
    ...{ record, said, xTitle: "belief", yTitle: "share of what the policy says", range: [-0.03, 1.06] },
    places: target.map((_, i) => String(i + 1)),
    series: all.map((series) => ({ ...series, x: (row) => row.k, y: (row) => row.accuracy })),
  });
}

const EXACT = "MPO, exact weights";

/** What each objective gets, less what its own best policy is worth, from one policy for all. */
export function mixedPolicies(record: FigureRecord): Figure {
  checkIsRecord("mixedPolicies: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const methods = [...new Set(record.rows.map((row) => row.method ?? ""))];
  const worst = (method: string): number => intervalOf(measuresOf(record, method, "worst")).mean;
  const others = methods.filter((method) => !method.startsWith("MPO"));
  const gains = others.map((method) => {
    const own = measuresOf(record, method, "worst");
    return intervalOf(measuresOf(record, EXACT, "worst").map((value, run) => value - own[run]));
  });
  const words = methods.map((method) => `${method} ${shown(worst(method), 2)}`).join(", ");
  const said = checkedTitle({
    holds: gains.every(({ low }) => low > 0),
    title: "MPO leaves the worst-served objective more than equal weights, a linear mixture or one policy",
    alt: `Normalised reward of the worst-served objective: ${words}.`,
    otherwise: `Normalised reward of the worst-served objective: ${words}`,
  });
  return grouped({
    ...{ record, said, xTitle: "policy", yTitle: "normalised reward" },
    places: methods.map((method) =>
      method
        .replace(", ", ",<br>")
        .replace("exact ", "exact<br>")
        .replace("mirror ", "mirror<br>")
        .replace(" alone", "<br>alone")
        .replace("equal ", "equal<br>")
        .replace("linear ", "linear<br>"),
    ),
    series: [1, 2, 3].map((k) => ({
      name: `objective ${k}`,
      rows: record.rows,
      x: (row) => methods.indexOf(row.method ?? ""),
      y: (row) => row.measures?.[`objective ${k}`],
    })),
  });
}

/** What each rule costs each group: how far what it gives is below the group's best item. */
export function aggregationCosts(record: FigureRecord): Figure {
  checkIsRecord("aggregationCosts: record", record);
  if (record.rows.length === 0) return emptyFigure(record);
  const rules = [...new Set(record.rows.map((row) => row.method ?? ""))];
  const groups = Object.keys(record.rows[0].measures ?? {}).filter((name) => !name.startsWith("best of "));
  const cost = (row: RecordRow, group: string): number =>
    (row.measures?.[`best of ${group}`] ?? NaN) - (row.measures?.[group] ?? NaN);
  const dearest = (rule: string): number[] =>
    record.rows.flatMap((row) =>
      row.method === rule ? [Math.max(...groups.map((group) => cost(row, group)))] : [],
    );
  const borda = dearest("borda");
  const less = intervalOf(dearest("max-min").map((value, run) => borda[run] - value));
  const words = rules.map((rule) => `${rule} ${shown(intervalOf(dearest(rule)).mean, 2)}`).join(", ");
  const said = checkedTitle({
    holds: less.low > 0,
    title: "Max-min costs the worst-served group less than Borda does",
    alt: `What each rule costs the group that it costs most, in chance to win: ${words}.`,
    otherwise: `What each rule costs the group that it costs most: ${words}`,
  });
  return grouped({
    ...{ record, said, places: rules, xTitle: "rule", yTitle: "cost to the group (chance to win)" },
    series: groups.map((group) => ({
      name: group,
      rows: record.rows,
      x: (row) => rules.indexOf(row.method ?? ""),
      y: (row) => cost(row, group),
    })),
  });
}

function signed(value: number): string {
  if (!Number.isFinite(value)) return "not measured";
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
