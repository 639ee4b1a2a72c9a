import { bundleProgram, watchProgram } from "../bundle-program.mjs";

/** The threads' code, from the task map of the scenarios. */
const SOURCE = "lib/scenarios/cpu-worker.ts";
/** Where the build puts it. */
const CPU_WORKER = ".build/cpu-worker.mjs";

/**
 * Bundles the code that CPU threads run; paths are relative to the project's root, the working directory.
 * @param {string} outfile
 */
export const bundleCpuWorker = (outfile = CPU_WORKER) => bundleProgram(SOURCE, outfile);

/** Bundles again at every change until the process ends; for development. */
export const watchCpuWorker = () => watchProgram(SOURCE, CPU_WORKER);
