import { readFileSync } from "node:fs";
import { test } from "vitest";
import { loadEngine } from "./index.js";
import { PalA, PalB, NAMES } from "../model/index.js";
test("oracle quick", async () => {
  const engine = await loadEngine();
  for (const i of [1, 2]) {
    const o = JSON.parse(readFileSync(`/work/shared/oracle/official-${i}.json`, "utf8"));
    for (const c of o.cases) {
      const flat = (m: number[][]) => Float32Array.from(m.flat());
      const model = c.model === "A"
        ? new PalA({ k: c.k, latentDimension: c.d_out, architecture: c.arch, userPoint: c.user_point, distance: "plain", loss: "hinge" })
        : new PalB({ k: c.k, latentDimension: c.d_out, architecture: c.arch, head: "scaled-cosine" });
      const n = c.left.length;
      const data: any = {
        users: c.V.map((_: unknown, u: number) => `u${u}`),
        items: { ids: Array.from({ length: 2 * n }, (_, j) => `i${j}`), features: flat([...c.left, ...c.right]) },
        user: Int32Array.from(c.user), left: Int32Array.from({ length: n }, (_, j) => j), right: Int32Array.from({ length: n }, (_, j) => n + j),
        label: Int8Array.from(c.y), source: { name: "o", license: "", sha256: "" },
      };
      if (c.model === "B") { data.contexts = { ids: data.items.ids.slice(0, n), features: flat(c.prompt) }; data.context = data.left; }
      const p = new Map<string, Float32Array>(); const g = new Map<string, number[]>();
      const put = (prefix: string, layers: any[]) => layers.forEach((l, j) => {
        p.set(`${prefix}.mlp.layers.${3 * j}.weight`, flat(l.weight)); g.set(`${prefix}.mlp.layers.${3 * j}.weight`, l.grad_weight.flat());
        if (l.bias) { p.set(`${prefix}.mlp.layers.${3 * j}.bias`, Float32Array.from(l.bias)); g.set(`${prefix}.mlp.layers.${3 * j}.bias`, l.grad_bias); }
      });
      put(NAMES.items, c.f);
      p.set(NAMES.weights, flat(c.V)); g.set(NAMES.weights, c.grad_V.flat());
      if (c.model === "A") { p.set(NAMES.prototypes, flat(c.P)); g.set(NAMES.prototypes, c.grad_P.flat()); }
      else { c.g.forEach((x: any, k: number) => put(NAMES.prototypeMap(k), x)); p.set("logit_scale", Float32Array.of(c.logit_scale)); g.set("logit_scale", [c.grad_logit_scale]); }
      const r = engine.lossAndGradients(model, p, data);
      let worst = 0, where = "";
      const cmp = (name: string, a: ArrayLike<number>, b: ArrayLike<number>) => { for (let j = 0; j < b.length; j++) { const e = Math.abs(a[j] - b[j]) / (1e-6 + 1e-5 * Math.abs(b[j])); if (!(e <= worst)) { worst = e; where = `${name}[${j}] ${a[j]} ${b[j]}`; } } };
      const s = c.model === "A" ? c.score : c.score.map(([l, q]: number[]) => q - l);
      cmp("score", r.scores, s); cmp("loss", [r.loss], [c.loss]);
      for (const [name, e] of g) cmp(name, r.gradients.get(name)!, e);
      console.log(c.model, c.arch, c.user_point, "worst ratio", worst.toFixed(3), where);
    }
  }
});
