import { createHmac, timingSafeEqual } from "node:crypto";

const delimiter = "<IDS|MSG>";

/** A message of the Jupyter protocol, as far as a runner needs it. */
export interface JupyterMessage {
  readonly type: string;
  /** The id of the request that this answers or belongs to; undefined when it belongs to none. */
  readonly parentId: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The frames of a request, signed with the connection's key. */
export function encodeRequest(
  key: string,
  request: { readonly id: string; readonly session: string; readonly type: string; readonly content: object },
): string[] {
  const header = {
    msg_id: request.id,
    session: request.session,
    username: "runner",
    date: new Date().toISOString(),
    msg_type: request.type,
    version: "5.3",
  };
  const parts = [header, {}, {}, request.content].map((part) => JSON.stringify(part));
  return [delimiter, sign(key, parts), ...parts];
}

/**
 * Reads the frames of a message.
 * @returns undefined when they are not a message signed with `key` (somebody else wrote to the port)
 */
export function decodeMessage(key: string, frames: readonly Buffer[]): JupyterMessage | undefined {
  const start = frames.findIndex((frame) => frame.toString("latin1") === delimiter);
  const parts = frames.slice(start + 2, start + 6);
  const signature = frames[start + 1];
  if (start < 0 || signature === undefined || parts.length < 4) return undefined;
  const expected = Buffer.from(sign(key, parts));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
  const [header, parent, , content] = parts.map(
    (part) => JSON.parse(part.toString()) as Record<string, unknown>,
  );
  if (typeof header?.msg_type !== "string" || content === undefined) return undefined;
  const parentId = typeof parent?.msg_id === "string" ? parent.msg_id : undefined;
  return { type: header.msg_type, parentId, content };
}

function sign(key: string, parts: readonly (string | Buffer)[]): string {
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
