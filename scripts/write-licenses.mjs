// The licences of the packages whose code was put into dist: they ask to be told where a copy goes.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Writes one text with the licence of every package below node_modules that `inputs`, files of a bundle, came from. @throws Error where a package has none */
export function writeLicenses(file, inputs) {
  const folders = new Set(inputs.flatMap((input) => FOLDER.exec(input)?.[1] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const found = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (found === undefined) throw new Error(`${name} is put into dist, and has no licence file`);
    return `${name} ${version}\n\n${readFileSync(join(folder, found), "utf8").trim()}\n`;
  });
  const head = "dist holds code of these packages, under these licences.\n";
  writeFileSync(file, [head, ...texts].join(`\n${"-".repeat(80)}\n\n`));
}
