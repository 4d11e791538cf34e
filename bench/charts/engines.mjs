// The main table as a picture: for each case and engine the time as a multiple of PyTorch's.
import { figures } from "../../dist/index.js";

const { theme } = figures;

const ENGINES = ["wasm", "wasm-relaxed", "torch", "jax-js", "tfjs-node", "tfjs-wasm", "tfjs-cpu"];

/** @param result of `bench --json` with PyTorch among its engines @returns a figure for `renderSvg` */
export function engineChart(result) {
  const { cases } = result;
  const ids = [...new Set(cases.map(({ id }) => id))];
  const engines = ENGINES.filter((name) => cases.some(({ engine }) => engine === name));
  const data = engines.map((name, i) => {
    const rows = cases.filter(({ engine, ratioToTorch }) => engine === name && ratioToTorch !== null);
    const ratio = rows.map(({ ratioToTorch }) => ratioToTorch);
    const of = (end) =>
      rows.map(({ spread, medianMicroseconds }, row) => (ratio[row] * spread[end]) / medianMicroseconds);
    const place = ENGINES.indexOf(name);
    // the seventh colour is too light for a small mark
    const color = theme.prototypeColor(place === 6 ? 7 : place);
    return {
      type: "scatter",
      mode: "markers",
      name,
      x: ratio,
      // engines of a case stand a little apart, the first at the top
      y: rows.map(({ id }) => -ids.indexOf(id) + 0.12 * ((engines.length - 1) / 2 - i)),
      error_x: {
        type: "data",
        symmetric: false,
        array: of(1).map((high, row) => high - ratio[row]),
        arrayminus: of(0).map((low, row) => ratio[row] - low),
        color,
        width: 3,
      },
      marker: { color, size: 10, symbol: theme.symbolOf(place) },
    };
  });
  const powers = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
  const [least, most] = [Math.min, Math.max].map((end) => end(...data.flatMap(({ x }) => x)));
  const ticks = powers.filter(
    (tick, i) => (powers[i + 1] ?? tick) >= least && (powers[i - 1] ?? tick) <= most,
  );
  const xaxis = theme.logAxis("time as a multiple of PyTorch's, one thread", ticks);
  return {
    id: "engines",
    data,
    layout: {
      ...theme.baseLayout({
        ...theme.WIDE,
        title: "Left of 1: faster than PyTorch. Medians of interleaved rounds, lines are quartiles",
      }),
      xaxis: { ...xaxis, ticktext: ticks.map((tick) => (tick < 1 ? `1/${1 / tick}` : String(tick))) },
      yaxis: theme.axis("", {
        tickvals: ids.map((_, i) => -i),
        ticktext: ids,
        range: [0.5 - ids.length, 0.5],
        showgrid: false,
      }),
      shapes: [
        {
          type: "line",
          x0: 1,
          x1: 1,
          xref: "x",
          y0: 0,
          y1: 1,
          yref: "paper",
          line: { color: theme.MUTED, dash: "dash", width: 1.5 },
        },
        ...ids.slice(1).map((_, i) => ({
          type: "line",
          x0: 0,
          x1: 1,
          xref: "paper",
          y0: -i - 0.5,
          y1: -i - 0.5,
          yref: "y",
          line: { color: theme.GRID, width: 1 },
        })),
      ],
    },
    alt: "Time of each engine as a multiple of PyTorch's for each case of the benchmark, on a logarithmic axis.",
    record: result,
  };
}
