import { createServer } from "node:net";
import path from "node:path";
import {
  become,
  checkNode,
  ensureBuild,
  ensureClient,
  ensurePackages,
  giveUp,
  ROOT,
  step,
} from "./ensure.mjs";

// From a fresh clone to a running app; later starts skip what has not changed.
const startedAt = performance.now();
checkNode();
const port = readPort(process.env.PORT);
if (await isTaken(port)) giveUp(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`);

try {
  await step("1/4 Installing packages", ensurePackages);
  await step("2/4 Preparing the database client", ensureClient);
  await step("3/4 Building the app", ensureBuild);
} catch (error) {
  giveUp(`That did not work.\n\n${error.message}`);
}
console.log("4/4 Opening the database and the server …");
const next = path.join(ROOT, "node_modules/next/dist/bin/next");
const server = become(process.execPath, [next, "start", "-p", String(port)], {
  NODE_ENV: "production",
  PORT: String(port),
  // The app itself finishes or returns the running job first.
  NEXT_MANUAL_SIG_HANDLE: "true",
  // Without NEXTAUTH_URL, links lead to the address that the person used.
  ...(process.env.NEXTAUTH_URL ? {} : { AUTH_TRUST_HOST: "true" }),
});
endWithNpm(server);
await whenHealthy(port, server);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(`\nMosaiq Studio is at http://localhost:${port}   (ready after ${seconds} s; Ctrl-C stops it)\n`);

function readPort(given) {
  const port = Number(given || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) giveUp(`PORT is not a port number: ${given}`);
  return port;
}

function isTaken(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EACCES") giveUp(`Port ${port} needs more rights than this account has.`);
      resolve(error.code === "EADDRINUSE");
    });
    probe.listen(port, () => probe.close(() => resolve(false)));
  });
}

/** npm runs this through a shell that does not pass a SIGTERM on: when the shell is gone, the app should stop too. */
function endWithNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
}

/** Asks until the app answers; the child ends this process when it ends itself. */
async function whenHealthy(port, child) {
  while (child.exitCode === null) {
    try {
      if ((await fetch(`http://localhost:${port}/api/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
