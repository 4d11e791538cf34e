import { checkText } from "./check-shapes.js";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal; runs in a browser too. */
export function sha256(input: string | ArrayBufferView): string {
  if (typeof input !== "string" && !ArrayBuffer.isView(input))
    checkText("sha256: input", input, "a text or bytes");
  const bytes =
    typeof input === "string"
      ? utf8ToBytes(input)
      : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return bytesToHex(digest(bytes));
}
