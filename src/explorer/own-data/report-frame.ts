import { messageOf } from "../../core/index.js";
import { drawnFigure } from "../page/plotly.js";
import type { OwnDataReport } from "./calls.js";

/** Shows a report's page in a frame in which nothing can run, as high as its content, and draws its figures into it. */
export class ReportFrame {
  #report?: OwnDataReport;
  #frame?: HTMLIFrameElement;
  #observer?: ResizeObserver;

  /** Puts the frame into an element; a report that is shown there already stays. */
  show(place: HTMLElement, report: OwnDataReport): void {
    if (this.#report === report && this.#frame?.parentElement === place) return;
    this.#report = report;
    this.#observer?.disconnect();
    const frame = document.createElement("iframe");
    frame.title = "The report";
    // the page's own origin, so that its height can be read and figures drawn; no scripts
    frame.sandbox.add("allow-same-origin");
    frame.addEventListener("load", () => void this.#loaded(frame, report));
    frame.srcdoc = report.page;
    place.replaceChildren(frame);
    this.#frame = frame;
  }

  /** Saves the page as it stands, figures and all, or what was found. */
  save(kind: "html" | "json"): void {
    const report = this.#report;
    if (report === undefined) return;
    const page = this.#frame?.contentDocument?.documentElement.outerHTML;
    const text =
      kind === "json" ? report.json : page === undefined ? report.page : `<!doctype html>\n${page}`;
    const type = kind === "json" ? "application/json" : "text/html";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `explore.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async #loaded(frame: HTMLIFrameElement, report: OwnDataReport): Promise<void> {
    const { contentDocument: page } = frame;
    if (page === null) return;
    const fit = (): void => {
      frame.style.height = `${page.documentElement.scrollHeight}px`;
    };
    this.#observer = new ResizeObserver(fit);
    this.#observer.observe(page.body);
    fit();
    for (const { id, alt, specification } of report.figures) {
      const place = page.getElementById(id)?.querySelector<HTMLElement>(".scroll");
      if (place === null || place === undefined) continue;
      try {
        const picture = page.createElement("img");
        picture.className = "drawn";
        picture.alt = alt;
        picture.src = await drawnFigure(specification);
        place.tabIndex = 0;
        place.replaceChildren(picture);
      } catch (thrown) {
        place.textContent = `This figure cannot be drawn here (${messageOf(thrown)}); its numbers stand below.`;
      }
    }
  }
}
