import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { html } from "./html.js";
import { MISSING_SOURCE } from "./missing-files.js";
import { page } from "./page.js";

const DATA = "data:image/png;base64,AA==";

/** The page after its script has run. @param read addresses of pictures that could be read, those that are still waited for, and all others not */
function opened(read: readonly string[], waiting: readonly string[] = []): JSDOM["window"] {
  const body = html`<h1>Results</h1>
    <img src="figures/a.svg" alt="a" />
    <img src="figures/b%20c.svg" alt="b" />
    <img src="${DATA}" alt="in the page" />`;
  const { window } = new JSDOM(page("Results", body), { runScripts: "outside-only" });
  for (const picture of window.document.querySelectorAll("img")) {
    const address = picture.getAttribute("src") ?? "";
    Object.defineProperty(picture, "complete", { value: !waiting.includes(address) });
    Object.defineProperty(picture, "naturalWidth", { value: read.includes(address) ? 10 : 0 });
  }
  window.eval(MISSING_SOURCE);
  return window;
}

const said = ({ document }: JSDOM["window"]): string | undefined =>
  document.getElementById("missing-files")?.textContent ?? undefined;

test("a page beside its figures' files says nothing", () => {
  expect(said(opened(["figures/a.svg", "figures/b%20c.svg"]))).toBeUndefined();
});

test("a page without them says which are missing, and what to do", () => {
  const window = opened([]);
  expect(said(window)).toContain("2 of 2 files of pictures are missing beside this page");
  expect(said(window)).toContain("copy that folder whole");
  const files = [...window.document.querySelectorAll("#missing-files li")].map((item) => item.textContent);
  expect(files).toEqual(["figures/a.svg", "figures/b c.svg"]);
  expect(window.document.querySelector("main")?.firstElementChild?.getAttribute("role")).toBe("alert");
});

test("one that turns out missing later is added", () => {
  const window = opened(["figures/a.svg"], ["figures/b%20c.svg"]);
  expect(said(window)).toBeUndefined();
  window.document.querySelectorAll("img")[1].dispatchEvent(new window.Event("error"));
  expect(said(window)).toContain("1 of 2 files of pictures is missing");
});

test("a page whose pictures are all in it has no such script", () => {
  expect(page("Alone", html`<img src="${DATA}" alt="in the page" />`)).not.toContain("missing-files");
  expect(page("Results", html`<img src="figures/a.svg" alt="a" />`)).toContain("missing-files");
});
