import { describe, expect, test } from "vitest";
import type { RecordRow } from "../../core/index.js";
import * as theme from "./index.js";

describe("plainText", () => {
  test("leaves nothing that Plotly would read as markup", () => {
    expect(theme.plainText("<b>a</b> &lt; %{x} $x$\n\u0000")).toBe(
      "&lt;b&gt;a&lt;/b&gt; &amp;lt; &#37;{x} &#36;x&#36; \uFFFD",
    );
  });

  test("replaces half a surrogate pair and keeps a whole one", () => {
    expect(theme.plainText("\uD83D 😀")).toBe("\uFFFD 😀");
  });
});

describe("wrapText", () => {
  test("breaks between words and escapes after breaking", () => {
    expect(theme.wrapText("one <b> three", 7)).toBe("one &lt;b&gt;<br>three");
  });

  test("breaks a word that is longer than a line", () => {
    expect(theme.wrapText("abcdefg hi", 3)).toBe("abc<br>def<br>g<br>hi");
  });

  test("an empty text is one empty line", () => {
    expect(theme.wrapText("", 10)).toBe("");
  });

  test("refuses 0 columns", () => {
    expect(() => theme.wrapText("a", 0)).toThrow("wrapText: columns must be an integer >= 1, got 0");
  });
});

describe("palette", () => {
  test("eight prototypes have eight colours, six have six symbols", () => {
    const eight = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(new Set(eight.map(theme.prototypeColor)).size).toBe(8);
    expect(new Set(eight.map(theme.symbolOf)).size).toBe(8);
    expect(theme.prototypeColor(8)).toBe(theme.prototypeColor(0));
    expect(theme.rgba("#0072B2", 0.5)).toBe("rgba(0,114,178,0.5)");
  });

  test("refuses names and short colours", () => {
    expect(() => theme.rgba("red", 1)).toThrow('rgba: color must be "#rrggbb", got "red"');
  });
});

describe("intervalSeries", () => {
  const row = (k: number, seed: number, accuracy: number): RecordRow => ({
    k,
    seed,
    accuracy,
    split: "seen",
  });
  const rows = [row(2, 3, 0.94), row(2, 1, 0.9), row(2, 2, 0.92), row(1, 1, 0.6)];

  test("means have 95 % t intervals and runs are ordered by seed", () => {
    const [runs, means] = theme.intervalSeries({
      rows,
      x: (r) => r.k,
      name: "a<b",
      color: "#0072B2",
      spread: 0.2,
    });
    expect(runs.customdata).toEqual([1, 1, 2, 3]);
    expect(runs.x).toEqual([1, 1.9, 2, 2.1]);
    expect(means.y).toEqual([0.6, expect.closeTo(0.92, 12)]);
    // t(0.975, 2) = 4.302653, sd = 0.02: half = 4.302653 * 0.02 / sqrt(3)
    expect(means.error_y).toMatchObject({ array: [0, expect.closeTo(0.0496827, 6)] });
    expect(means.name).toBe("a&lt;b");
  });

  test("intervals of a fraction are drawn no farther than 0 and 1", () => {
    const of = (values: readonly number[]): { array: number[]; arrayminus: number[] } => {
      const series = theme.intervalSeries({
        ...{ rows: values.map((value, i) => row(1, i, value)), x: (r) => r.k, name: "a", color: "#0072B2" },
        within: [0, 1],
      });
      return series[1].error_y as unknown as { array: number[]; arrayminus: number[] };
    };
    // t(0.975, 1) = 12.7062, sd = 0.1 sqrt(2): half = 1.27062
    expect(of([0.7, 0.9])).toMatchObject({
      ...{ array: [expect.closeTo(0.2, 12)], arrayminus: [expect.closeTo(0.8, 12)] },
    });
    expect(of([0.5, 0.5])).toMatchObject({ array: [0], arrayminus: [0], symmetric: false });
  });

  test("on a logarithmic axis shifts are factors", () => {
    const [, means] = theme.intervalSeries({
      rows,
      x: (r) => r.k,
      name: "",
      color: "#0072B2",
      dodge: 1,
      log: true,
    });
    expect(means.x).toEqual([10, 20]);
  });
});

describe("layout", () => {
  test("a longer title takes more room above the plot", () => {
    const top = (title: string): number => (theme.baseLayout({ title }).margin as { t: number }).t;
    expect(top("word ".repeat(40)) - top("word")).toBe(42);
  });

  test("panels do not overlap and fill the width", () => {
    const domains = [0, 1, 2].map((i) => theme.panelDomain(i, 3));
    expect(domains[0][0]).toBe(0);
    expect(domains[0][1]).toBeLessThan(domains[1][0]);
    expect(domains[2][1]).toBeCloseTo(1, 12);
  });

  test("marks put all lines and labels together", () => {
    const all = theme.marks(theme.chanceLine(), theme.paperLine({ y: 0.9, panel: 2, label: "<i>" }));
    expect(all.shapes).toHaveLength(2);
    expect(all.annotations[1]).toMatchObject({ text: "&lt;i&gt;", xref: "x2 domain", yref: "y2", y: 0.9 });
  });
});
