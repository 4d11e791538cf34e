#!/usr/bin/env node
import { existsSync } from "node:fs";

const { main } = await import("../dist/cli/main.js").catch((error) => {
  const isClone = existsSync(new URL("../scripts/setup.mjs", import.meta.url));
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !isClone) throw error;
  console.error(
    "pal-lab: this clone is not built yet: run `npm run setup` in it (a minute or two), then this again",
  );
  process.exit(1);
});
process.exitCode = await main(process.argv.slice(2));
