import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** A program of its own (a process, a thread) in one file; packages stay outside and are found in node_modules. */
const options = (entry, outfile) => ({
  entryPoints: [entry],
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

/**
 * Paths are relative to the project's root, the working directory.
 * @param {string} entry
 * @param {string} outfile with the process's number before its ending, where it is for that process alone.
 */
export async function bundleProgram(entry, outfile) {
  removeLeftovers(path.dirname(outfile));
  const { build, stop } = await import("esbuild");
  await build(options(entry, outfile));
  // Its helper process would otherwise stay as long as this one.
  await stop();
}

/**
 * Bundles again at every change until the process ends; for development.
 * @param {string} entry
 * @param {string} outfile
 */
export async function watchProgram(entry, outfile) {
  const { context } = await import("esbuild");
  await (await context(options(entry, outfile))).watch();
}

/** What processes made for themselves that were killed before they could remove it: files that bear their numbers. */
function removeLeftovers(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const number = /\.(\d+)(?:\.mjs)?$/.exec(name)?.[1];
    if (number && !isRunning(Number(number))) rmSync(path.join(folder, name), { force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
