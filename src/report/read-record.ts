import { readFile } from "node:fs/promises";
import type { FigureRecord } from "../core/index.js";
import { DataError, messageOf } from "../core/index.js";
import type { Figure } from "../figures/index.js";

/** Reads a figure's record. @throws DataError when the file is missing, not JSON or not a record */
export async function readRecord(path: string): Promise<FigureRecord> {
  const parsed = await readJson(path);
  const record = parsed as Partial<FigureRecord> | null;
  for (const name of ["id", "claim", "caption", "profile", "engine"] as const) {
    if (typeof record?.[name] !== "string")
      throw new DataError({ file: path }, `a figure's record must have a text "${name}"`);
  }
  for (const name of ["rows", "seeds", "data"] as const) {
    if (!Array.isArray(record?.[name]))
      throw new DataError({ file: path }, `a figure's record must have a list "${name}"`);
  }
  return parsed as FigureRecord;
}

/** What a figure's specification draws, as far as it says; its alt text, where it has one. */
export async function readSpecification(
  path: string,
): Promise<Pick<Figure, "data" | "layout"> & { readonly alt: string | undefined }> {
  const read = (await readJson(path)) as Partial<Figure> | null;
  const layout = typeof read?.layout === "object" ? read.layout : {};
  const alt = typeof read?.alt === "string" ? read.alt : undefined;
  return { data: Array.isArray(read?.data) ? read.data : [], layout, alt };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (problem) {
    throw new DataError({ file: path }, `cannot be read as JSON: ${messageOf(problem)}`, { cause: problem });
  }
}
