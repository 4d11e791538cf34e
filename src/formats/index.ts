export { hasTag, headingAbove, isSkipped, joinText, plainLine, splitText, stripAnsi } from "./notebook.js";
export type {
  Cell,
  CellMetadata,
  CellOutput,
  CodeCell,
  DisplayOutput,
  ErrorOutput,
  MultilineText,
  Notebook,
  StreamOutput,
  TextCell,
} from "./notebook.js";
export { notebookText, parseNotebook } from "./parse-notebook.js";
export { edited, jsonSpans, without } from "./json-spans.js";
export type { JsonMember, JsonSpan, TextEdit } from "./json-spans.js";
export { decodeTensors, encodeTensors } from "./safetensors.js";
export type { Tensor, TensorFile } from "./safetensors.js";
