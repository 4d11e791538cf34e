import { expect, test } from "vitest";
import { installCommand } from "./index.js";

test.each([
  [["apt-get", "pip3"], "apt-get install jupyter-notebook"],
  [["dnf", "pip3"], "dnf install python3-notebook"],
  [["brew", "pip3"], "brew install jupyterlab"],
  [["pip3"], "pip3 install --user jupyterlab"],
  [[], "https://www.python.org"],
])("a system with %j is told one command", (programs: readonly string[], expected) => {
  expect(installCommand((program) => programs.includes(program))).toContain(expected);
});
