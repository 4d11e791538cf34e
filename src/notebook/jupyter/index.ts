/** Jupyter's front ends: the kernel they start, and how to start them. */
export { runLiveKernel } from "./live-kernel.js";
export type { LiveKernelOptions } from "./live-kernel.js";
export { kernelFileAddress, kernelSpecFolder, packagesFolder, writeKernelSpec } from "./kernel-spec.js";
export type { KernelSpecOptions } from "./kernel-spec.js";
export { findJupyter, installCommand } from "./find-jupyter.js";
export type { JupyterApp } from "./find-jupyter.js";
export { startJupyter } from "./jupyter-server.js";
export type { JupyterServer, ServerOptions } from "./jupyter-server.js";
