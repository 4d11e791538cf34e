/** Bytes of all files together that the page reads. */
export const MOST_BYTES = 50e6;
/** Answers that the page looks at; of more, those of some users, drawn at random. */
export const MOST_ANSWERS = 8000;

/** What is wrong with the size of files, in words; undefined where nothing is. */
export function tooLarge(
  files: readonly { readonly name: string; readonly size: number }[],
): string | undefined {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= MOST_BYTES) return undefined;
  const what = files.length === 1 ? shortened(files[0].name) : `these ${files.length} files together`;
  return `${what} ${files.length === 1 ? "has" : "have"} ${megabytes(bytes)}: this page reads up to ${megabytes(MOST_BYTES)}. The command line reads more: pal-lab explore FILE`;
}

/** Names and texts of files in messages are cut. */
export function shortened(text: string, most = 120): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
