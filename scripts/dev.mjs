import path from "node:path";
import { become, checkNode, ensureClient, ensurePackages, ROOT, step } from "./ensure.mjs";

checkNode();
await step("1/2 Installing packages", ensurePackages);
await step("2/2 Preparing the database client", ensureClient);
process.chdir(ROOT);
const { bundleCpuWorker, watchCpuWorker } = await import("../lib/jobs/bundle-cpu-worker.mjs");
await bundleCpuWorker();
await watchCpuWorker();
const { bundleHost, watchHost } = await import("../lib/inference/bundle-host.mjs");
await bundleHost();
await watchHost();
const next = path.join(ROOT, "node_modules/next/dist/bin/next");
become(process.execPath, [next, "dev", "-p", process.env.PORT || "3000"], {
  NODE_ENV: "development",
  NEXT_MANUAL_SIG_HANDLE: "true",
  ...(process.env.NEXTAUTH_URL ? {} : { AUTH_TRUST_HOST: "true" }),
});
