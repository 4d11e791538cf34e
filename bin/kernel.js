// A Jupyter kernel: node bin/kernel.js <connection file>
import { packagesFolder, runLiveKernel } from "../dist/notebook/jupyter/index.js";

runLiveKernel({ connectionFile: process.argv[2], packages: packagesFolder() });
