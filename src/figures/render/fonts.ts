import { createRequire } from "node:module";

/** The family that every figure names first; a TrueType copy comes from npm, because a machine may have no font at all. */
export const FONT_FAMILY = "Arimo";

/** The files of {@link FONT_FAMILY}: regular, italic, bold, bold italic. */
export function fontFiles(): readonly string[] {
  const resolve = createRequire(import.meta.url).resolve;
  return ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"].map((face) =>
    resolve(`@expo-google-fonts/arimo/${face}/Arimo_${face}.ttf`),
  );
}
