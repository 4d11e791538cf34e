/** A sweep's runs done by workers on other machines, over BullMQ on Redis or Valkey. */
export { checkAddress } from "./connection.js";
export { executeOnQueue } from "./execute-on-queue.js";
export { serveQueue } from "./serve.js";
export type { ServeOptions } from "./serve.js";
export { queueStatus } from "./status.js";
export type { QueueStatus } from "./status.js";
export type { Announcement } from "./protocol.js";
