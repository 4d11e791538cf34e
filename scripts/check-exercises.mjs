// Learners' copies of the lessons (`notebook strip --exercises`) run with the fast profile, and say of each exercise that it is not right yet. After
// `npm start`, whose finished sweeps are found again. Arguments: the beginnings of names, default all lessons.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { exerciseFaults } from "./exercise-faults.mjs";

const wanted = process.argv.slice(2);
const lessons = readdirSync("notebooks")
  .filter((name) => name.endsWith(".ipynb"))
  .filter((name) => wanted.length === 0 || wanted.some((begin) => name.startsWith(begin)))
  .map((name) => join("notebooks", name));
mkdirSync("out", { recursive: true });
const folder = mkdtempSync(join("out", "exercises-")); // within the package, which kernels import by name
const begin = performance.now();
try {
  palLab("strip", "--exercises", "--out", join(folder, "class"), ...lessons);
  const copies = lessons.map((path) => join(folder, "class", basename(path)));
  process.env.PAL_LAB_FIGURES = join(folder, "figures");
  palLab("run", ...copies, "--profile", "fast", "--jobs", "2", "--out", join(folder, "run"));
  const found = copies.map((path) => exerciseFaults(join(folder, "run", basename(path)), true));
  const faults = found.flatMap(({ faults }) => faults);
  for (const fault of faults) console.error(fault);
  const count = found.reduce((sum, { exercises }) => sum + exercises, 0);
  const seconds = Math.round((performance.now() - begin) / 1000);
  console.log(
    `${copies.length} learners' copies ran in ${seconds} s, ${count} untouched exercises are not right yet`,
  );
  if (faults.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function palLab(...args) {
  const { status } = spawnSync(process.execPath, ["bin/pal-lab.js", "notebook", ...args], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`pal-lab notebook ${args[0]} ended with ${status}`);
}
