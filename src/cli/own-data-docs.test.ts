import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { READING_FLAGS } from "./reading-options.js";
import { DATA_FLAGS } from "./data-options.js";
import { runCommand } from "./fixtures/run-command.js";

const folder = mkdtempSync(join(tmpdir(), "pal-lab-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A small file of each layout in the table of docs/own-data.md, and what it must be taken for. */
const FILES: { readonly [name: string]: readonly [kind: string, text: string] } = {
  "pairs.csv": ["comparisons", "user,left,right,label\nann,x,y,left\nbob,y,z,right\n"],
  "votes.csv": ["votes", "user,statement,vote\nann,s1,1\nbob,s1,-1\nann,s2,1\n"],
  "ratings.csv": ["ratings", "user,item,rating\nann,x,5\nann,y,3\nbob,x,1\nbob,y,4\n"],
  "ranks.csv": ["rankings", "user,item,rank\nann,x,1\nann,y,2\nann,z,3\n"],
  "wide.csv": ["rankings", "user,rank1,rank2,rank3\nann,x,y,z\nbob,z,y,x\n"],
  "orders.csv": ["rankings", "user,order\nann,x > y = z\nbob,z > y > x\n"],
  "ballots.soi": [
    "rankings",
    "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 3\n# ALTERNATIVE NAME 1: x\n# ALTERNATIVE NAME 2: y\n2: 1,2\n1: 2,1\n",
  ],
  "choices.csv": ["choices", "user,option_1,option_2,option_3,choice\nann,x,y,z,1\nbob,x,y,z,3\n"],
  "graded.csv": ["comparisons", "user,video_a,video_b,score\nann,x,y,-10\nbob,x,y,4\nbob,y,z,0\n"],
  "onehot.csv": [
    "comparisons",
    "user,model_a,model_b,winner_model_a,winner_model_b,winner_tie\nann,x,y,1,0,0\nbob,y,x,0,1,0\nbob,y,z,0,0,1\n",
  ],
  "chat.jsonl": [
    "comparisons",
    '{"chosen":[{"role":"user","content":"a question"},{"role":"assistant","content":"a good answer"}],"rejected":[{"role":"user","content":"a question"},{"role":"assistant","content":"a bad answer"}]}\n',
  ],
  polis: ["votes", ""],
};

const docs = readFileSync(fileURLToPath(new URL("../../docs/own-data.md", import.meta.url)), "utf8");
const commands = [...docs.matchAll(/`npx pal-lab (data describe ([\w.]+)[^`]*)`/g)]
  .map(([, command, name]) => ({ command, name }))
  .filter(({ name }) => name !== "FILE");

test("each layout in the table has a file here", () => {
  expect([...new Set(commands.map(({ name }) => name))].sort()).toEqual(Object.keys(FILES).sort());
});

test.each(commands)("$command", async ({ command, name }) => {
  const [kind, text] = FILES[name];
  const path = join(folder, name);
  if (name !== "polis") writeFileSync(path, text);
  else {
    mkdirSync(path);
    writeFileSync(
      join(path, "comments.csv"),
      "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,0,1,1,1,1,We need trees\n2,1,1,1,1,1,We need cars\n",
    );
    writeFileSync(
      join(path, "votes.csv"),
      "timestamp,comment-id,voter-id,vote\n1,0,1,1\n2,0,2,-1\n3,1,1,1\n4,1,2,-1\n",
    );
  }
  const flags = command.split(" ").slice(3);
  const ran = await runCommand(["data", "describe", path, ...flags, "--json"]);
  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.out)).toMatchObject({ kind });
});

test("every flag that reads data is in the text", () => {
  for (const flag of Object.keys({ ...DATA_FLAGS, ...READING_FLAGS })) expect(docs).toContain(`\`--${flag}`);
});
