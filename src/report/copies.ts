import { html, type Html } from "./html.js";

/** What can be copied of a figure beside its picture and its numbers, which stand on the page. */
export interface Copied {
  /** How it is cited; undefined where nobody knows. */
  readonly citation?: string | undefined;
  /** Address of its PNG, for browsers that let no page read a picture. */
  readonly png?: string | undefined;
}

/**
 * Buttons that copy a figure's picture, numbers, citation and description. They show where the page's script runs; picture, table and alt
 * text are those of the nearest `article`, `figure` or `.output` around them.
 */
export function copyButtons({ citation, png }: Copied, hasNumbers: boolean): Html {
  const kinds = ["picture", ...(hasNumbers ? ["data"] : []), ...(citation === undefined ? [] : ["citation"]), "alt text"]; // prettier-ignore
  return html`<ul class="copies" hidden data-citation="${citation ?? ""}" data-png="${png ?? ""}">
      ${kinds.map((kind) => html`<li><button type="button" data-copies="${kind}">Copy ${kind === "picture" ? "picture (PNG)" : kind}</button></li>`)}
    </ul>
    <p class="note copied" role="status"></p>`;
}

/** The look of {@link copyButtons}. */
export const COPY_STYLE = `
.copies { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 4px; padding: 0; list-style: none; max-width: none; }
.copies[hidden] { display: none; }
button { font: inherit; color: var(--link); background: none; border: 1px solid var(--link); border-radius: 4px; padding: 3px 10px; cursor: pointer; }
.copied { margin: 0; }
.copied + textarea { width: 100%; height: 6em; box-sizing: border-box; }
@media print { .copies, .copied { display: none; } }
`;

/** Reads what stands on the page, and writes to the clipboard when somebody asks. */
export const COPY_SOURCE = `
"use strict";
for (const bar of document.querySelectorAll(".copies")) {
  const figure = bar.closest("article, figure, .output");
  const picture = figure && figure.querySelector("img");
  if (!picture) continue;
  bar.hidden = false;
  const status = bar.nextElementSibling;
  const say = (text) => { status.textContent = text; };
  const kept = "This browser keeps the page from the clipboard: ";
  const copyText = async (what, text) => {
    status.parentElement.querySelector(".copied + textarea")?.remove();
    try {
      await navigator.clipboard.writeText(text);
      say("The " + what + (what === "data" ? " are copied." : " is copied."));
    } catch {
      const area = document.createElement("textarea");
      area.readOnly = true;
      area.value = text;
      area.setAttribute("aria-label", "text to copy");
      status.after(area);
      area.focus();
      area.select();
      say(kept + "the text is marked, copy it with Ctrl+C.");
    }
  };
  const save = (address, name) => {
    const link = document.createElement("a");
    link.href = address;
    if (name) link.download = name; else link.target = "_blank";
    link.click();
  };
  // at once: toBlob waits until a browser is idle, for seconds
  const drawn = () => {
    const times = /\\.svg$|^data:image\\/svg/.test(picture.src) ? 2 : 1;
    const canvas = document.createElement("canvas");
    canvas.width = times * picture.naturalWidth;
    canvas.height = times * picture.naturalHeight;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const bytes = atob(canvas.toDataURL("image/png").split(",")[1]);
    return new Blob([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], { type: "image/png" });
  };
  const copyPicture = async () => {
    let blob;
    try {
      blob = drawn();
    } catch {
      if (!bar.dataset.png) return say("This browser keeps the page from the picture.");
      save(bar.dataset.png);
      return say("This browser keeps the page from the picture: its file is opened, save it from there.");
    }
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      say("The picture is copied.");
    } catch {
      save(URL.createObjectURL(blob), "figure.png");
      say(kept + "the picture is saved as figure.png.");
    }
  };
  const texts = {
    data: () => [...figure.querySelector("table").rows]
      .map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\\s+/g, " ")).join("\\t")).join("\\n"),
    citation: () => bar.dataset.citation,
    "alt text": () => picture.alt,
  };
  for (const button of bar.querySelectorAll("button")) {
    const what = button.dataset.copies;
    button.addEventListener("click", () => what === "picture" ? copyPicture() : copyText(what, texts[what]()));
  }
}
`;
