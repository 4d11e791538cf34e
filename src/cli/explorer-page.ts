import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { messageOf } from "../core/index.js";
import { PACKAGE_FOLDER } from "../files/index.js";
import { plotlySource } from "../figures/render/index.js";

/** Built with the package: all of the page but Plotly, which is installed beside it. */
const WITHOUT_PLOTLY = join(PACKAGE_FOLDER, "dist", "explorer-without-plotly.html");

/** The explorer's page, one HTML text with everything inside: Plotly packed (gzip, in base64), and its hash in the policy. @throws Error where the package was not built */
export async function explorerPage(): Promise<string> {
  const page = await readFile(WITHOUT_PLOTLY, "utf8").catch((cause: unknown) => {
    throw new Error(
      `the page is not there (${messageOf(cause)}): build the package (node scripts/build.mjs), or install it again`,
    );
  });
  const plotly = await plotlySource();
  const hash = createHash("sha256").update(plotly).digest("base64");
  const packed = gzipSync(plotly, { level: 9 }).toString("base64");
  // as functions: "$" in a text that replaces means something
  return page.replace("{{plotly-hash}}", () => `'sha256-${hash}'`).replace("{{plotly}}", () => packed);
}
