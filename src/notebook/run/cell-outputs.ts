import { splitText } from "../../formats/index.js";
import type { CellOutput, DisplayOutput, ErrorOutput, StreamOutput } from "../../formats/index.js";
import type { JupyterMessage } from "../kernel/jupyter-message.js";

/** Above this many characters a display is replaced by a note. */
const maxDisplayed = 5_000_000;
/** So many characters are kept of what is written past the kernel. */
const maxRaw = 1_000_000;
/** First line of what a cell printed so late that other cells may have run since. */
const lateNote = "[late output]\n";

/** Displays by their Jupyter display id, so that a later cell can update an earlier one's. */
export type DisplayIds = Map<string, DisplayOutput>;

/** Collects the outputs of one execution of a cell from the kernel's messages. */
export class CellOutputs {
  readonly #outputs: CellOutput[] = [];
  readonly #displays: DisplayIds;
  #dropped = 0;
  #raw = 0;
  #isLate = false;
  #isLateNoted = false;

  /** @param displays shared by the cells of a notebook */
  constructor(displays: DisplayIds) {
    this.#displays = displays;
  }

  /** What arrives from now on is marked as late. */
  markLate(): void {
    this.#isLate = true;
  }

  /** The kernel has left out this many characters of what the cell printed, in all. */
  setDropped(characters: number): void {
    this.#dropped = characters;
  }

  /** Adds what a message carries; other messages than outputs are ignored. */
  add({ type, content }: JupyterMessage): void {
    if (type === "stream") this.#print(content.name === "stderr" ? "stderr" : "stdout", String(content.text));
    else if (type === "display_data" || type === "update_display_data")
      this.#display(content, type === "update_display_data");
  }

  /** Adds what was written past the kernel, a limited amount of it. */
  addText(name: StreamOutput["name"], text: string): void {
    const kept = text.slice(0, Math.max(0, maxRaw - this.#raw));
    this.#raw += text.length;
    if (kept !== "") this.#print(name, kept);
  }

  /** Adds the error that the execution ended with. */
  addError(error: ErrorOutput): void {
    this.#outputs.push(error);
  }

  /** The outputs as Jupyter saves them. */
  saved(): CellOutput[] {
    const outputs = this.#outputs.map(savedOutput);
    const dropped = this.#dropped + Math.max(0, this.#raw - maxRaw);
    if (dropped === 0) return outputs;
    const text = [`[output truncated: ${dropped} more characters were printed]\n`];
    const note: StreamOutput = { output_type: "stream", name: "stderr", text };
    const error = outputs.findIndex((output) => output.output_type === "error");
    return error < 0 ? [...outputs, note] : outputs.toSpliced(error, 0, note);
  }

  #print(name: StreamOutput["name"], text: string): void {
    const last = this.#outputs.at(-1);
    const isFirstLate = this.#isLate && !this.#isLateNoted;
    if (!isFirstLate && last?.output_type === "stream" && last.name === name) {
      last.text = `${String(last.text)}${text}`;
      return;
    }
    this.#isLateNoted ||= isFirstLate;
    this.#outputs.push({ output_type: "stream", name, text: isFirstLate ? lateNote + text : text });
  }

  #display(content: JupyterMessage["content"], isUpdate: boolean): void {
    const data = withinLimit((content.data ?? {}) as Record<string, unknown>);
    const metadata = { ...(content.metadata as Record<string, unknown> | undefined) };
    const id = (content.transient as { readonly display_id?: string } | undefined)?.display_id;
    const shown = id === undefined ? undefined : this.#displays.get(id);
    if (isUpdate && shown !== undefined) {
      Object.assign(shown, { data, metadata });
      return;
    }
    if (this.#isLate) metadata.late = true;
    const output: DisplayOutput = { output_type: "display_data", data, metadata };
    if (id !== undefined) this.#displays.set(id, output);
    this.#outputs.push(output);
  }
}

function withinLimit(data: Record<string, unknown>): Record<string, unknown> {
  const characters = JSON.stringify(data).length;
  if (characters <= maxDisplayed) return data;
  const kinds = Object.keys(data).join(", ");
  return { "text/plain": `[output truncated: a display of ${characters} characters (${kinds}) is not kept]` };
}

/** Of a line that was written anew again and again (a carriage return without a line end) the last state. */
function overwritten(text: string): string {
  return text.includes("\r") ? text.replace(/[^\n]*\r(?=[^\r\n])/g, "") : text;
}

function savedOutput(output: CellOutput): CellOutput {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: splitText(overwritten(String(output.text))) };
    case "error":
      return output;
    case "display_data":
    case "execute_result": {
      const split = ([mime, value]: [string, unknown]): [string, unknown] => [
        mime,
        typeof value === "string" && /^text\/|^application\/javascript$|^image\/svg/.test(mime)
          ? splitText(value)
          : value,
      ];
      return { ...output, data: Object.fromEntries(Object.entries(output.data).map(split)) };
    }
  }
}
