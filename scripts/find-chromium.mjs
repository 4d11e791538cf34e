import { existsSync } from "node:fs";

/** The path of an installed Chromium or Chrome; undefined where there is none. */
export function findChromium() {
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
}
