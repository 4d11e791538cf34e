import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkPreferenceData } from "../../preference-data.js";
import { isPolis } from "./polis-folder.js";
import { loadPolis } from "./load-polis.js";
import { POLIS_CONVERSATIONS } from "./polis-files.js";

const mirror = process.env.PAL_LAB_DATA_MIRROR ?? "";
if (mirror === "")
  console.info("PAL_LAB_DATA_MIRROR is not set: the tests that need Polis conversations are skipped");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pal-lab-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** participants-votes.csv has no quotes: the votes by "user statement", and the group of each participant. */
async function matrixOf(
  conversation: string,
): Promise<{ votes: Map<string, number>; groups: Map<string, string> }> {
  const text = await readFile(join(mirror, "polis", conversation, "participants-votes.csv"), "utf8");
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const votes = new Map<string, number>();
  const groups = new Map<string, string>();
  for (const row of rows) {
    groups.set(row[0], row[header.indexOf("group-id")]);
    row.forEach((cell, i) => {
      if (/^\d+$/.test(header[i]) && cell !== "") votes.set(`${row[0]} ${header[i]}`, Number(cell));
    });
  }
  return { votes, groups };
}

describe.skipIf(mirror === "")("the public conversations", () => {
  test.each(POLIS_CONVERSATIONS)("%s has the votes of Polis's own matrix", async (conversation) => {
    const { data, summary, stated } = await loadPolis(conversation, {
      moderated: "keep",
      cacheFolder: folder,
    });
    checkPreferenceData("test", data);
    const { votes, groups } = await matrixOf(conversation);
    const cast = [...votes].filter(([, vote]) => vote !== 0);
    const read = Array.from(data.user, (user, row) => {
      return [
        `${data.users[user]} ${data.contexts?.ids[data.context?.[row] ?? -1]}`,
        data.label[row],
      ] as const;
    });
    expect(new Map(read)).toEqual(new Map(cast));
    expect(read).toHaveLength(cast.length);
    expect(summary.ties.count).toBe(votes.size - cast.length);
    expect(summary.users + summary.silentUsers).toBe(stated.voters);
    expect(data.groups).toEqual(data.users.map((user) => groups.get(user)));
    const differing =
      conversation === "scoop-hivemind.biodiversity"
        ? ["summary.csv states 314 comments, comments.csv has 316"]
        : [];
    expect(summary.notes.filter((note) => note.startsWith("summary.csv"))).toEqual(differing);
    expect(summary.warnings).toEqual([]);
  });

  test("a votes.csv beside a comments.csv is a conversation, wherever it lies", async () => {
    const copy = join(folder, "ours");
    await cp(join(mirror, "polis", "scoop-hivemind.freshwater"), copy, { recursive: true });
    const [byFolder, byFile] = await Promise.all([loadPolis(copy), loadPolis(join(copy, "votes.csv"))]);
    expect(byFile.data).toEqual(byFolder.data);
    expect(byFolder.data.source).toMatchObject({
      name: "Polis conversation ours",
      license: "not stated",
    });
    const published = await loadPolis("scoop-hivemind.freshwater", { cacheFolder: folder });
    expect(byFolder.data.label).toEqual(published.data.label);
    expect(published.data.source.license).toBe("CC-BY-4.0");
  });
});

describe("a conversation of one's own", () => {
  async function conversation(files: { readonly [name: string]: string }): Promise<string> {
    const path = await mkdtemp(join(folder, "conversation-"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
    return path;
  }
  const comments =
    'comment-id,author-id,moderated,comment-body\n0,a,1,"Yes,\nno?"\n1,b,0,<b>Bold</b>\n2,a,-1,Spam\n';
  const votes =
    "timestamp,comment-id,voter-id,vote\n1,0,ann,1\n5,1,ann,-1\n4,1,ann,1\n2,0,bob,0\n3,2,bob,1\n6,1,bob,1\n";

  test("has texts, the last vote by time, no passes, and nothing that was removed", async () => {
    const { data, summary } = await loadPolis(
      await conversation({ "votes.csv": votes, "comments.csv": comments }),
    );
    expect(data.contexts).toEqual({ ids: ["0", "1"], text: ["Yes,\nno?", "<b>Bold</b>"] });
    expect(data.items.ids).toEqual(["disagree", "agree"]);
    // ann: agrees with 0; her vote on 1 with the latest time (5) is -1. bob: passes on 0, agrees with 1; 2 was removed
    expect(data.users).toEqual(["ann", "bob"]);
    expect([...data.user]).toEqual([0, 0, 1]);
    expect([...(data.context ?? [])]).toEqual([0, 1, 1]);
    expect([...data.label]).toEqual([1, -1, 1]);
    expect(summary).toMatchObject({
      ties: { count: 1, kept: "dropped" },
      repeated: { count: 1, kept: "last" },
    });
    expect(data.groups).toBeUndefined();
  });

  const PREFIX = "2025-06-19-1201-abc-";
  const matrix = "participant,group-id,n-votes,0,1,2\nann,0,2,1,-1,\nbob,,3,0,1,1\n";

  test("file names may begin with a date and an id, as Polis exports them today", async () => {
    const path = await conversation({
      [`${PREFIX}votes.csv`]: votes,
      [`${PREFIX}comments.csv`]: comments,
      [`${PREFIX}participant-votes.csv`]: matrix,
    });
    for (const named of [
      path,
      join(path, `${PREFIX}votes.csv`),
      join(path, `${PREFIX}participant-votes.csv`),
    ]) {
      expect(await isPolis(named)).toBe(true);
      const { data } = await loadPolis(named);
      expect(data.contexts?.text).toEqual(["Yes,\nno?", "<b>Bold</b>"]);
      expect(data.groups).toEqual(["0", ""]);
    }
    expect(await isPolis(join(path, `${PREFIX}comments.csv`))).toBe(false);
  });

  test("of two conversations in one folder the file is named", async () => {
    const path = await conversation({
      ...{ "a-votes.csv": votes, "a-comments.csv": comments },
      ...{ "b-votes.csv": votes.replaceAll("ann", "cyd"), "b-comments.csv": comments },
    });
    await expect(loadPolis(path)).rejects.toThrow(
      'holds 2 Polis conversations: name the file of votes of one, such as "a-votes.csv"',
    );
    expect((await loadPolis(join(path, "b-votes.csv"))).data.users).toEqual(["cyd", "bob"]);
  });

  test("the matrix alone is read where there are no votes one by one", async () => {
    const { data, summary } = await loadPolis(
      await conversation({ "participants-votes.csv": matrix, "comments.csv": comments }),
    );
    expect(data.contexts?.text).toEqual(["Yes,\nno?", "<b>Bold</b>"]);
    expect([...data.label]).toEqual([1, -1, 1]);
    expect(data.groups).toEqual(["0", ""]);
    expect(summary.notes.join()).toContain("the matrix of participants is read");
  });

  test("votes that contradict the counts of comments.csv are a warning, which says how to turn them", async () => {
    const counted =
      "comment-id,author-id,agrees,disagrees,moderated,comment-body\n0,a,1,0,1,s\n1,b,0,2,1,t\n";
    const turned = votes.replace(/,(-?)1$/gm, (_, minus) => (minus === "-" ? ",1" : ",-1"));
    const files = { "votes.csv": turned.replace(/6,1,bob.*\n/, "6,1,bob,1\n"), "comments.csv": counted };
    const path = await conversation(files);
    const { data, summary } = await loadPolis(path);
    expect(summary.warnings.join()).toContain("--votes agree=-1 --votes disagree=1 --votes pass=0");
    const fixed = await loadPolis(path, { votes: { agree: [-1], disagree: [1], pass: [0] } });
    expect([...fixed.data.label]).toEqual(Array.from(data.label, (label) => -label));
    expect(fixed.summary.warnings.join()).not.toContain("--votes");
  });

  test("a vote on a statement that comments.csv lacks is a warning", async () => {
    const path = await conversation({
      "votes.csv": `${votes}7,9,bob,-1\n`,
      "comments.csv": comments,
    });
    const { data, summary } = await loadPolis(path, { moderated: "keep" });
    expect(data.contexts?.text).toEqual(["Yes,\nno?", "<b>Bold</b>", "Spam", "9"]);
    expect(summary.warnings).toEqual([
      'votes.csv has votes on 1 statements that comments.csv lacks ("9"): they have no text',
    ]);
  });

  test.each([
    [{ "votes.csv": votes }, "nor a folder that holds comments.csv with votes.csv or participants-votes.csv"],
    [{ "votes.csv": votes, "comments.csv": "id,text\n1,x\n" }, 'has no column "comment-id"'],
    [{ "votes.csv": "a,b\n1,2\n", "comments.csv": comments }, 'there is no column "voter-id"'],
    [
      { "votes.csv": `${votes}7,0,bob,2\n`, "comments.csv": comments },
      'votes.csv:8 (column vote): "2" is not among',
    ],
    [
      { "votes.csv": votes, "comments.csv": `${comments}2,c,1,Again\n` },
      'comments.csv:6: comment "2" is there twice',
    ],
  ])("%#: what is wrong is named", async (files, message) => {
    await expect(loadPolis(await conversation(files))).rejects.toThrow(message);
  });

  test("without a network a known name says what to do", async () => {
    const options = { cacheFolder: folder, mirror: "", baseUrl: "http://127.0.0.1:9/" };
    await expect(loadPolis("football-concussions", options)).rejects.toThrow(
      /loadPolis: http:\/\/127.0.0.1:9\/football-concussions\/votes.csv does not answer .*; set PAL_LAB_DATA_MIRROR/,
    );
  });

  test("an unknown name lists the known", async () => {
    await expect(loadPolis("no-such-conversation")).rejects.toThrow(
      "known conversation (15-per-hour-seattle, bg2050",
    );
  });
});
