import { ping } from "@/lib/db/client";
import { env } from "@/lib/env";
import { isJobLoopRunning } from "@/lib/jobs/job-loop";
import { storage } from "@/lib/storage/open-storage";
import packageJson from "@/package.json";

export const dynamic = "force-dynamic";

const TIMEOUT_MS = 3_000;

/** For load balancers and people: 200 when this node can serve and work, 503 with what is wrong otherwise. */
export async function GET(): Promise<Response> {
  const [database, store] = await Promise.all([works(ping()), works(storage().has("0".repeat(64)))]);
  const jobs = isJobLoopRunning() || env().JOB_CONCURRENCY === 0;
  const ok = database && store && jobs;
  const state = (good: boolean) => (good ? "ok" : "failing");
  return Response.json(
    { ok, database: state(database), jobs: state(jobs), storage: state(store), version: packageJson.version },
    { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}

async function works(attempt: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, false);
  });
  const result = attempt.then(
    () => true,
    () => false,
  );
  return Promise.race([result, tooLong]).finally(() => clearTimeout(timer));
}
