import { copyFile, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { bundleProgram, watchProgram } from "../bundle-program.mjs";

/** The host process's code. */
const SOURCE = "lib/inference/host.ts";
/** Where the build puts it. */
const HOST = ".build/inference-host.mjs";

/** What the code reads from beside itself. */
const BESIDE = ["lib/engine/prompt/clip-merges.txt.gz"];

/**
 * Bundles the code of the host process; paths are relative to the project's root, the working directory.
 * @param {string} outfile
 */
export async function bundleHost(outfile = HOST) {
  await putBeside(path.dirname(outfile));
  await bundleProgram(SOURCE, outfile);
}

/** Bundles again at every change until the process ends; for development. */
export async function watchHost() {
  await putBeside(path.dirname(HOST));
  await watchProgram(SOURCE, HOST);
}

/** Other processes may be reading, or writing, the same file. */
async function putBeside(folder) {
  await mkdir(folder, { recursive: true });
  for (const file of BESIDE) {
    const target = path.join(folder, path.basename(file));
    const draft = `${target}.${process.pid}`;
    await copyFile(file, draft);
    await rename(draft, target);
  }
}
