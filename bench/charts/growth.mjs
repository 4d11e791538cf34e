// Time (above) and memory (below) against what grows, one column each.
import { figures } from "../../dist/index.js";

const { theme } = figures;

const COLUMNS = [
  { title: "users", series: ["users"], x: "users" },
  { title: "comparisons", series: ["comparisons in memory", "comparisons in chunks"], x: "comparisons N" },
  { title: "prototypes", series: ["K"], x: "K" },
  { title: "dimension", series: ["d"], x: "d" },
];
const STEP = { value: "microsecondsPerStep", fit: "time", title: "µs a step" };
const PASS = { value: "secondsPerPass", fit: "time", title: "s a pass" };
const MEMORY = { value: "megabytes", fit: "memory", title: "MB above the start" };

/** @param record as {@link measureGrowth} returns it @returns a figure for `renderSvg` */
export function growthChart(record) {
  const panels = COLUMNS.flatMap((column, i) =>
    [column.title === "comparisons" ? PASS : STEP, MEMORY].map((measure, row) => ({
      column,
      measure,
      i,
      row,
    })),
  );
  const drawn = panels.map((panel, n) => drawPanel(record, panel, n + 1));
  return {
    id: "growth",
    data: drawn.flatMap(({ traces }) => traces),
    layout: {
      ...theme.baseLayout({ width: 1080, height: 660, title: TITLE, panels: true, legend: "below" }),
      ...Object.assign({}, ...drawn.map(({ axes }) => axes)),
      annotations: [
        ...COLUMNS.map(({ title }, i) => theme.panelTitle(title, theme.panelDomain(i, COLUMNS.length, GAP))),
        ...drawn.flatMap(({ annotations }) => annotations),
      ],
    },
    alt: "Time and memory of training against the number of users, comparisons, prototypes and dimensions, with fitted exponents.",
    record,
  };
}

const GAP = 0.075;
const TITLE = "In chunks, memory does not grow with the comparisons; time grows in proportion";

function drawPanel({ rows, exponents }, { column, measure, i, row }, n) {
  const suffix = n === 1 ? "" : String(n);
  const own = rows.filter(({ series }) => column.series.includes(series));
  const sizes = [...new Set(own.map(({ size }) => size))];
  const values = own.map((entry) => entry[measure.value]);
  const traces = column.series.flatMap((series, line) => {
    const isPair = column.series.length > 1;
    const color = theme.prototypeColor(line);
    const of = (size) =>
      own
        .filter((entry) => entry.series === series && entry.size === size)
        .map((entry) => entry[measure.value]);
    const place = { type: "scatter", xaxis: `x${suffix}`, yaxis: `y${suffix}` };
    return [
      {
        ...{ ...place, mode: "markers", showlegend: false, hoverinfo: "skip" },
        x: sizes.flatMap((size) => of(size).map(() => size)),
        y: sizes.flatMap(of),
        marker: { color: theme.rgba(color, 0.4), size: 6, symbol: theme.symbolOf(line) },
      },
      {
        ...{
          ...place,
          mode: "lines+markers",
          name: isPair ? series : "in memory",
          showlegend: isPair && row === 0,
        },
        x: sizes,
        y: sizes.map((size) => median(of(size))),
        line: { color, width: 2, dash: theme.dashOf(line) },
        marker: { color, size: 8, symbol: theme.symbolOf(line) },
      },
    ];
  });
  const texts = column.series.map((series) => {
    const { exponent, low, high } = exponents.find((entry) => entry.series === series)[measure.fit];
    const which = column.series.length > 1 ? `${series.replace("comparisons ", "")}: ` : "";
    return `${which}exponent ${exponent.toFixed(2)} ± ${((high - low) / 2).toFixed(2)}`;
  });
  const [bottom, top] = row === 0 ? [0.57, 1] : [0, 0.43];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const xaxis = theme.logAxis(column.x, sizes);
  const ticks = sizes.filter((size) => short(size) !== "");
  return {
    traces,
    axes: {
      [`xaxis${suffix}`]: {
        ...xaxis,
        title: { ...xaxis.title, text: row === 0 ? "" : `${column.x}, log scale` },
        ...{ tickvals: ticks, ticktext: ticks.map(short) },
        domain: theme.panelDomain(i, COLUMNS.length, GAP),
        anchor: `y${suffix}`,
      },
      [`yaxis${suffix}`]: {
        ...theme.axis(measure.title, { type: "log", dtick: 1 }),
        range: [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most) + 0.5)],
        domain: [bottom, top],
        anchor: `x${suffix}`,
      },
    },
    annotations: [
      {
        ...{
          text: texts.join("<br>"),
          align: "left",
          showarrow: false,
          font: { size: 12, color: theme.MUTED },
        },
        ...{
          x: 0.04,
          xref: `x${suffix} domain`,
          xanchor: "left",
          y: 0.98,
          yref: `y${suffix} domain`,
          yanchor: "top",
        },
      },
    ],
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function short(value) {
  const power = Math.round(Math.log10(value));
  return value >= 1000 && 10 ** power === value
    ? `10<sup>${power}</sup>`
    : value >= 1000
      ? ""
      : String(value);
}
