import { describe, expect, it } from "vitest";
import { decodeMessage, encodeRequest } from "./jupyter-message.js";

const request = { id: "1", session: "s", type: "execute_request", content: { code: "ü" } };

describe("Jupyter messages", () => {
  it("are read again as they were written, behind routing frames", () => {
    const frames = ["routing", ...encodeRequest("key", request)].map((frame) => Buffer.from(frame));
    expect(decodeMessage("key", frames)).toEqual({
      ...{ type: "execute_request", parentId: undefined, content: { code: "ü" } },
    });
  });

  it("are ignored when another key has signed them, or they are none", () => {
    const frames = encodeRequest("key", request).map((frame) => Buffer.from(frame));
    expect(decodeMessage("other", frames)).toBeUndefined();
    expect(decodeMessage("key", [Buffer.from("hello")])).toBeUndefined();
  });
});
