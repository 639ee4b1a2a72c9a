import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { env, nextRuntime } from "../env";

/** What the build made of `host.ts`. */
const HOST = ".build/inference-host.mjs";

const KEY = Symbol.for("mosaiq.inference-host-file");
const shared = globalThis as { [KEY]?: Promise<string> };

/** The host's program. The app runs what the build made; scripts and tests bundle the present sources for themselves. */
export async function bundledHost(): Promise<string> {
  if (env().NODE_ENV === "production" || nextRuntime()) {
    const built = path.resolve(HOST);
    if (!existsSync(built)) throw new Error(`${HOST} is missing: run npm run build`);
    return built;
  }
  shared[KEY] ??= bundleOwn();
  return shared[KEY];
}

async function bundleOwn(): Promise<string> {
  const own = path.resolve(`.build/inference-host.${process.pid}.mjs`);
  // Out of the app's bundle, which has no use for a bundler.
  const bundler = pathToFileURL(path.resolve("lib/inference/bundle-host.mjs")).href;
  const { bundleHost } = await import(/* turbopackIgnore: true */ /* @vite-ignore */ bundler);
  await bundleHost(own);
  process.once("exit", () => rmSync(own, { force: true }));
  return own;
}
