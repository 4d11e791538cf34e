/**
 * What a figure's page does: draws, and copies picture, numbers, citation and alt text. Where a browser keeps a page from the clipboard, the
 * picture is saved instead and a text is shown marked, so that a key copies it. Reads `page`: figure, still, config and texts.
 */
export const PAGE_SCRIPT = `
const drawn = Plotly.newPlot("plot", page.figure.data, page.figure.layout, page.config)
  .then((plot) => page.figure.frames ? Plotly.addFrames(plot, page.figure.frames) : plot);
window.addEventListener("beforeprint", () => Plotly.Plots.resize("plot"));
const status = document.getElementById("copied");
const fallback = document.getElementById("fallback");
const say = (text) => { status.textContent = text; };
const copyText = async (what, text) => {
  fallback.hidden = true;
  try {
    await navigator.clipboard.writeText(text);
    say("The " + what + (what === "data" ? " are copied." : " is copied."));
  } catch {
    fallback.hidden = false;
    fallback.value = text;
    fallback.focus();
    fallback.select();
    say("This browser keeps the page from the clipboard: the text is marked, copy it with Ctrl+C.");
  }
};
const copyPicture = async () => {
  fallback.hidden = true;
  const { data, layout } = page.still;
  const address = await Plotly.toImage({ data, layout }, { format: "png", width: layout.width, height: layout.height, scale: 2 });
  try {
    const blob = await (await fetch(address)).blob();
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    say("The picture is copied.");
  } catch {
    const link = document.createElement("a");
    link.href = address;
    link.download = page.id + ".png";
    link.click();
    say("This browser keeps the page from the clipboard: the picture is saved as " + page.id + ".png.");
  }
};
document.getElementById("copy-picture").addEventListener("click", copyPicture);
for (const what of ["data", "citation", "alt text"]) {
  const button = document.querySelector('[data-copies="' + what + '"]');
  button?.addEventListener("click", () => copyText(what, page.texts[what]));
}
`;
