import { checkIsRecord, mean, type FigureRecord } from "../../core/index.js";
import { accuracyLines } from "../accuracy/accuracy-lines.js";
import { checkedTitle } from "../checked-title.js";
import type { Figure } from "../figure.js";
import { methodLines, withCeilings } from "./latent-rows.js";

const NEAR = 0.03;

/** Accuracy on sentences nobody trained on, for new users, against their answers; a panel for each mix of questions. */
export function vplPets(record: FigureRecord): Figure {
  checkIsRecord("vplPets: record", record);
  const worlds = [...new Set(record.rows.map((row) => String(row.settings?.world ?? "")))];
  const most = Math.max(...record.rows.map((row) => row.newComparisonsPerUser ?? 0));
  const behind = worlds.map((world) => {
    const own = record.rows.filter(
      (row) => row.method === "VPL" && row.settings?.world === world && row.newComparisonsPerUser === most,
    );
    return mean(own.map((row) => (row.ceilings?.bayes ?? NaN) - row.accuracy));
  });
  const isNew = (world: string): boolean => world.endsWith("new sentences");
  const onNew = behind.filter((_, i) => isNew(worlds[i]));
  const words = worlds.map((world, i) => `${world} ${behind[i].toFixed(3)}`).join(", ");
  return accuracyLines({
    record,
    ...checkedTitle({
      holds: behind.every((gap, i) => gap <= NEAR || isNew(worlds[i])),
      title: `Pets: of ${most} answers VPL is within ${NEAR} of exact Bayes in every mix of questions${onNew.map((gap) => `, on new sentences ${gap.toFixed(2)} behind`).join("")}`,
      alt: `Held-out accuracy of new users against their answers; behind exact Bayes at ${most}: ${words}.`,
      otherwise: `Pets: accuracy of new users; behind exact Bayes at ${most} answers: ${words}`,
    }),
    panels: worlds.map((world) => {
      return {
        title: world.replace("pets, ", "").replace("ten pair types, new", "new"),
        rows: withCeilings(record.rows.filter((row) => row.settings?.world === world)),
      };
    }),
    lines: methodLines(withCeilings(record.rows)),
    x: { value: (row) => row.newComparisonsPerUser, title: "answers", scale: "linear" },
    blind: "all",
  });
}
