/** Files on disk (Node): written whole or not at all. */
export { removeAbandoned, writeAtomically, writeOnce } from "./write-atomically.js";
export { hostName } from "./host-name.js";
export { PACKAGE_FOLDER } from "./package-folder.js";
export { isGone } from "./is-gone.js";
export { isRunning } from "./is-running.js";
