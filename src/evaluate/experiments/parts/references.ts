import type { DataReference } from "../../../core/index.js";
import type { DataSource } from "../../../data/index.js";

/** Names published data in a record, by their licence. */
export function publishedReference({ name, sha256, license }: DataSource): DataReference {
  return { name, sha256, source: license };
}

/** Names a population that was drawn. */
export function simulatedReference({ name, sha256 }: DataSource): DataReference {
  return { name, sha256, source: "simulated" };
}
