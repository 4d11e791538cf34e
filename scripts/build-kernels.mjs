// Compiles src/engine/wasm/kernels (AssemblyScript) twice, for plain and for relaxed SIMD, and writes the bytes as a TypeScript
// module, so that the same import works in Node, in a bundle and in a browser.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const flags = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"];

export async function buildKernels(root) {
  const asc = (await import("assemblyscript/asc")).default;
  const folder = join(root, "src", "engine", "wasm");
  const compile = async (extra) => {
    const written = new Map();
    const entry = "kernels/index.ts";
    const { error, stderr } = await asc.main([entry, "--outFile", "out.wasm", ...flags, ...extra], {
      readFile: (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : null),
      writeFile: (name, contents) => void written.set(name, contents),
      listFiles: () => [],
    });
    if (error) throw new Error(`build-kernels: ${error.message}\n${stderr.toString()}`);
    return Buffer.from(written.get("out.wasm")).toString("base64");
  };
  const plain = await compile([]);
  const relaxed = await compile(["--enable", "relaxed-simd"]);
  mkdirSync(join(folder, "build"), { recursive: true });
  const text = [
    "// Made by scripts/build-kernels.mjs from ../kernels; not committed.",
    `export const plainSimd: string = "${plain}";`,
    `export const relaxedSimd: string = "${relaxed}";`,
    "",
  ].join("\n");
  writeFileSync(join(folder, "build", "kernels.ts"), text);
  return { plain: plain.length, relaxed: relaxed.length };
}
