// What every command needs before its own work, each part skipped when nothing has changed. Node's built-ins only:
// this runs before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(ROOT, ...parts);
const NEEDED = [20, 19];

/** No reports to anyone, no checks for newer versions. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

/** Ends the process with a plain message, without a stack: for what the person can put right. */
export function giveUp(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  if (!isNewEnough) giveUp(`Mosaiq Studio needs Node ${NEEDED.join(".")} or newer; this is ${version}.`);
}

/** Runs a step and tells the terminal how long it took; `work` returns false when there was nothing to do. */
export async function step(label, work) {
  const start = performance.now();
  const isTerminal = process.stdout.isTTY;
  if (isTerminal) process.stdout.write(`${label} …`);
  const result = await work();
  const note = result === false ? "nothing to do" : `${((performance.now() - start) / 1000).toFixed(1)} s`;
  process.stdout.write(isTerminal ? ` ${note}\n` : `${label}: ${note}\n`);
  return result;
}

/** Runs a command to its end; its output is shown only when it fails (or at once with `show`). */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      // npm is a script on Windows.
      shell: process.platform === "win32" && command === "npm",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const how = signal ? `was stopped by ${signal}` : `ended with status ${code}`;
      reject(
        Object.assign(new Error(`${path.basename(command)} ${args.join(" ")} ${how}\n\n${output}`), { code }),
      );
    });
  });
}

/** Runs one of the installed packages' programs with this very Node. */
export const runBin = (file, args, options) =>
  run(process.execPath, [at("node_modules", file), ...args], options);

/** Installs what package-lock.json names, unless it is what node_modules already holds. */
export async function ensurePackages() {
  if (isInstalled()) return false;
  // Install scripts are not needed by any package here, and not running them is one thing less to trust.
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
}

function isInstalled() {
  const record = at("node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(([name, { version, optional, devOptional, peer, link }]) => {
    const found = installed[name];
    if (name === "" || link) return true;
    // Optional packages are mostly for other systems.
    return found ? found.version === version : Boolean(optional || devOptional || peer);
  });
}

/** Generates the Prisma client from the schema, offline. */
export async function ensureClient() {
  const stamp = at("lib/db/generated/.stamp");
  const inputs = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];
  const key = hashOf(inputs.map((file) => at(file)));
  if (readStamp(stamp) === key) return false;
  await runBin("prisma/build/index.js", ["generate"], {
    // The generator never calls this program, but Prisma downloads it unless it is told where one is.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
  writeStamp(stamp, key);
}

const SOURCES = [
  "app",
  "lib",
  "messages",
  "public",
  "prisma",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];

/** What is built beside the app, for threads and for the process that draws. */
const BUNDLES = [".build/cpu-worker.mjs", ".build/inference-host.mjs"];

/** Builds the app and what runs beside it, unless the sources are those of the last build. */
export async function ensureBuild({ show = false, force = false } = {}) {
  const rootFiles = readdirSync(ROOT).filter(
    (name) => /\.(ts|js|mjs)$/.test(name) && name !== "next-env.d.ts",
  );
  const key = hashOf([...SOURCES, ...rootFiles].map((name) => at(name)).flatMap(filesUnder));
  const stamp = at(".next/mosaiq-build");
  if (!force && readStamp(stamp) === key && BUNDLES.every((file) => existsSync(at(file)))) return false;
  process.chdir(ROOT);
  const { bundleCpuWorker } = await import("../lib/jobs/bundle-cpu-worker.mjs");
  await bundleCpuWorker();
  const { bundleHost } = await import("../lib/inference/bundle-host.mjs");
  await bundleHost();
  await runBin("next/dist/bin/next", ["build"], { env: { NODE_ENV: "production" }, show });
  writeStamp(stamp, key);
}

function filesUnder(entry) {
  if (!existsSync(entry) || entry.endsWith(path.join("db", "generated"))) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry)
    .sort()
    .flatMap((name) => filesUnder(path.join(entry, name)));
}

function hashOf(files) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of files) hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  return hash.digest("hex");
}

const readStamp = (file) => (existsSync(file) ? readFileSync(file, "utf8") : null);

function writeStamp(file, key) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, key);
}

/** Runs a TypeScript program with the arguments of this one, passing signals and its exit status through. */
export function becomeTypeScript(file) {
  return become(process.execPath, ["--import", "tsx", at(file), ...process.argv.slice(2)]);
}

/** Runs a program in this one's place: its terminal, its signals, its exit status. Returns the child. */
export function become(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...QUIET, ...env },
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  return child;
}
