import tseslint from "typescript-eslint";

const own = {
  "max-lines": ["error", { max: 300, skipBlankLines: false }],
  "max-params": ["error", 4],
  complexity: ["error", 20],
  "no-restricted-properties": [
    "error",
    { object: "Math", property: "random", message: "pass a RandomStream (core/random) instead" },
    {
      object: "Date",
      property: "now",
      message: "results must not depend on the clock; use performance.now() for timings",
    },
  ],
  "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/explicit-module-boundary-types": "error",
  "@typescript-eslint/switch-exhaustiveness-check": "error",
  "@typescript-eslint/consistent-type-imports": "error",
};

export default tseslint.config(
  {
    ignores: [
      "dist",
      ".jupyter",
      ".stryker-tmp",
      "out",
      "node_modules",
      "src/engine/wasm/kernels",
      "src/engine/wasm/build",
      "**/fixtures",
      "data",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: "./tsconfig.test.json" } },
    rules: own,
  },
  // kernels take addresses and sizes, and an options object a call would be garbage in the inner loop
  { files: ["src/engine/wasm/**/*.ts"], rules: { "max-params": ["error", 6] } },
  { files: ["vitest.config.ts", "**/*.d.ts"], rules: { "no-restricted-exports": "off" } },
  {
    files: ["**/*.test.ts", "test/**/*.ts"],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
);
