import { copyFile, mkdir, rename } from "node:fs/promises";
import path from "node:path";

/** The host process's code in one file; packages stay outside and are found in node_modules. */
const options = (outfile) => ({
  entryPoints: ["lib/inference/host.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "warning",
});

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
  const { build, stop } = await import("esbuild");
  await build(options(outfile));
  // Its helper process would otherwise stay as long as this one.
  await stop();
}

/** Bundles again at every change until the process ends; for development. */
export async function watchHost() {
  await putBeside(path.dirname(HOST));
  const { context } = await import("esbuild");
  await (await context(options(HOST))).watch();
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
