import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromAddress, toAddress } from "./address.js";

const folder = new URL("../../../notebooks/", import.meta.url);

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** The lessons' links to the explorer: what stands behind "#". */
const links = readdirSync(folder)
  .filter((name) => name.endsWith(".ipynb"))
  .flatMap((name) => {
    const { cells } = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as {
      readonly cells: readonly Cell[];
    };
    const prose = cells
      .filter(({ cell_type: type }) => type === "markdown")
      .map(({ source }) => [source].flat().join(""));
    return [...prose.join("\n").matchAll(/\]\(([^)]*explorer\.html)#([^)\s]*)\)/g)].map(
      ([, path, hash]) => [name.slice(0, 2), path, hash] as const,
    );
  });

test("lessons whose world the explorer has link to it", () => {
  expect(links.map(([lesson]) => lesson)).toEqual(
    expect.arrayContaining(["01", "02", "07", "09", "10", "11"]),
  );
});

test.each(links)("%s: each key of its link is known, and says what the page then does", (_, path, hash) => {
  expect(path).toBe("../out/explorer.html");
  const { state, messages } = fromAddress(`#${hash}`);
  expect(messages).toEqual([]);
  expect(state.goals.length).toBeGreaterThan(0);
  const again = new URLSearchParams(toAddress(state));
  for (const [key, value] of new URLSearchParams(hash))
    expect([key, again.get(key)?.split(",").sort()]).toEqual([key, value.split(",").sort()]);
});
