import { DIGITS, LAST, PLOT } from "./packed.js";

/** Milliseconds that a frame stays while it plays. */
const STAY_MS = 450;

/**
 * Runs in the page: shows the controls of every moving picture and moves its points. Nothing plays by itself; for who asked for less motion there is
 * no Play, only steps and the slider. A front end may run it before it has put the markup into the page, so it looks again for a while.
 */
export const MOVING_SCRIPT = `
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const begin = (figure) => {
    figure.dataset.on = "true";
    const packed = JSON.parse(figure.querySelector(".pal-moving-data").textContent);
    const groups = [...figure.querySelectorAll("g.points")];
    const find = (name) => figure.querySelector(name);
    const slider = find("input"), play = find("[data-does=play]"), said = find(".said");
    const last = packed.frames.length - 1;
    let timer;
    const show = (at) => {
      const [label, words] = packed.frames[at];
      packed.points.forEach(([, , , count, places], kind) => {
        if (places.length <= ${2 * DIGITS} * count) return;
        const digit = (from) => parseInt(places.slice(from, from + ${DIGITS}), 36) / ${LAST};
        [...groups[kind].children].forEach((point, i) => {
          const from = ${2 * DIGITS} * (at * count + i);
          const x = ${PLOT.left} + ${PLOT.width} * digit(from), y = ${PLOT.top + PLOT.height} - ${PLOT.height} * digit(from + ${DIGITS});
          point.setAttribute("transform", "translate(" + x.toFixed(1) + " " + y.toFixed(1) + ")");
        });
      });
      slider.value = at;
      slider.setAttribute("aria-valuetext", packed.unit + " " + label);
      find(".now").textContent = packed.unit + " " + label;
      find(".plot").setAttribute("aria-label", packed.title + ". " + words);
      said.textContent = words;
      // not disabled: who stands on a button stays there
      find("[data-does=back]").setAttribute("aria-disabled", at === 0);
      find("[data-does=on]").setAttribute("aria-disabled", at === last);
    };
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      play.textContent = "Play";
      play.setAttribute("aria-pressed", "false");
      said.setAttribute("aria-live", "polite");
    };
    const go = (at) => { stop(); show(Math.min(last, Math.max(0, at))); };
    slider.addEventListener("input", () => go(Number(slider.value)));
    find("[data-does=back]").addEventListener("click", () => go(Number(slider.value) - 1));
    find("[data-does=on]").addEventListener("click", () => go(Number(slider.value) + 1));
    play.addEventListener("click", () => {
      if (timer !== undefined) return stop();
      play.textContent = "Stop";
      play.setAttribute("aria-pressed", "true");
      said.setAttribute("aria-live", "off");
      if (Number(slider.value) === last) show(0);
      timer = setInterval(() => {
        show(Number(slider.value) + 1);
        if (Number(slider.value) === last) stop();
      }, ${STAY_MS});
    });
    const calm = () => { play.hidden = still.matches; if (still.matches) stop(); };
    still.addEventListener("change", calm);
    calm();
    show(last);
    find(".controls").hidden = false;
  };
  let tries = 0;
  const look = () => {
    const found = document.querySelectorAll("figure.pal-moving:not([data-on])");
    for (const figure of found) begin(figure);
    if (found.length === 0 && tries++ < 100) setTimeout(look, 50);
  };
  look();
})();
`;
