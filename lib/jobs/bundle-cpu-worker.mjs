/** The threads' code, from the task map of the scenarios; packages stay outside and are found in node_modules. */
const options = (outfile) => ({
  entryPoints: ["lib/scenarios/cpu-worker.ts"],
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
const CPU_WORKER = ".build/cpu-worker.mjs";

/**
 * Bundles the code that CPU threads run; paths are relative to the project's root, the working directory.
 * @param {string} outfile
 */
export async function bundleCpuWorker(outfile = CPU_WORKER) {
  const { build, stop } = await import("esbuild");
  await build(options(outfile));
  // Its helper process would otherwise stay as long as this one.
  await stop();
}

/** Bundles again at every change until the process ends; for development. */
export async function watchCpuWorker() {
  const { context } = await import("esbuild");
  await (await context(options(CPU_WORKER))).watch();
}
