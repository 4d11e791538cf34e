/**
 * Says which pictures of a page could not be read, as when the page was copied or sent without the folder of figures beside it. Pictures that
 * stand in the page itself are always there.
 */
export const MISSING_SOURCE = `
"use strict";
(() => {
  const pictures = [...document.querySelectorAll("main img")].filter((picture) => !picture.getAttribute("src").startsWith("data:"));
  const missing = new Set();
  let notice;
  const say = (picture) => {
    missing.add(decodeURIComponent(picture.getAttribute("src")));
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "notice";
      notice.id = "missing-files";
      notice.setAttribute("role", "alert");
      document.querySelector("main").prepend(notice);
    }
    const files = document.createElement("ul");
    for (const path of missing) files.append(Object.assign(document.createElement("li"), { textContent: path }));
    const words = document.createElement("p");
    const [count, all] = [missing.size, new Set(pictures.map((each) => each.getAttribute("src"))).size];
    words.textContent = count + " of " + all + (all === 1 ? " file" : " files") + " of pictures " + (count === 1 ? "is" : "are") +
      " missing beside this page. Open it in the folder in which it was made, or copy that folder whole; npm start makes it anew.";
    notice.replaceChildren(words, files);
  };
  for (const picture of pictures) {
    if (picture.complete && picture.naturalWidth === 0) say(picture);
    else picture.addEventListener("error", () => say(picture));
  }
})();
`;
