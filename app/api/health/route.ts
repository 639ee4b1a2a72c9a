import { ping } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { DeviceChoice } from "@/lib/inference/choose-devices";
import { chosenDevices } from "@/lib/inference/client";
import { isJobLoopRunning } from "@/lib/jobs/job-loop";
import { storage } from "@/lib/storage/open-storage";
import packageJson from "@/package.json";

export const dynamic = "force-dynamic";

const TIMEOUT_MS = 3_000;

/** For load balancers and people: 200 when this node can serve and work, 503 with what is wrong otherwise. */
export async function GET(): Promise<Response> {
  const [database, store, inference] = await Promise.all([
    works(ping()),
    works(storage().has("0".repeat(64))),
    describeDevices(),
  ]);
  const jobs = isJobLoopRunning() || env().JOB_CONCURRENCY === 0;
  const ok = database && store && jobs;
  const state = (good: boolean) => (good ? "ok" : "failing");
  return Response.json(
    {
      ...{ ok, database: state(database), jobs: state(jobs), storage: state(store) },
      ...{ inference, version: packageJson.version },
    },
    { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}

/** What this node draws on, and why; null where it leaves the work to others. */
async function describeDevices(): Promise<{ devices: string; why: string } | null> {
  if (env().JOB_CONCURRENCY === 0) return null;
  const unknown: Pick<DeviceChoice, "devices" | "why"> = {
    devices: [],
    why: "the devices have not answered yet",
  };
  const { devices, why } = await inTime(chosenDevices(), unknown);
  return {
    devices: devices.map(({ kind, id }) => (id === undefined ? kind : `${kind}:${id}`)).join(","),
    why,
  };
}

const works = (attempt: Promise<unknown>): Promise<boolean> =>
  inTime(
    attempt.then(() => true),
    false,
  );

/** What was attempted, or `otherwise` where it fails or takes too long. */
async function inTime<T>(attempt: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, otherwise);
  });
  const result = attempt.catch(() => otherwise);
  return Promise.race([result, tooLong]).finally(() => clearTimeout(timer));
}
