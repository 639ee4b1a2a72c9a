import type { Job, Webhook } from "../db/client";
import { listDeliveryRows } from "../db/webhooks";
import { WEBHOOK_TRIES } from "../jobs/queue";
import type { WebhookFault } from "./webhook-faults";

/** So many ends of each key are shown. */
const MOST_SHOWN = 8;
/** All tries are over by then, whatever became of the process that made them. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

/** How a job's end was told, as the key's owner sees it. */
export interface Delivery {
  jobId: string;
  scenario: string;
  url: string;
  /** `waiting` was not tried yet; `failing` is tried again. */
  state: "heard" | "waiting" | "failing" | "given_up" | "off";
  /** When it was tried last, or else when the job ended. ISO 8601. */
  at: string;
  tries: number;
  /** What it was answered with last, in HTTP. */
  status: number | null;
  fault: WebhookFault | null;
}

/** The last ends that each of the owner's keys told, by the key's id, the newest first. */
export async function listDeliveries(ownerId: string, now = new Date()): Promise<Record<string, Delivery[]>> {
  const keys = await listDeliveryRows(ownerId, MOST_SHOWN);
  return Object.fromEntries(keys.map(({ id, webhooks }) => [id, webhooks.map((row) => describe(row, now))]));
}

function describe(row: Webhook & { job: Pick<Job, "scenario"> }, now: Date): Delivery {
  const { jobId, url, tries, status, job } = row;
  const at = row.triedAt ?? row.queuedAt!;
  return {
    ...{ jobId, url, tries, status, scenario: job.scenario },
    ...{ state: stateOf(row, at, now), at: at.toISOString(), fault: row.fault as WebhookFault | null },
  };
}

function stateOf({ toldAt, fault, tries }: Webhook, at: Date, now: Date): Delivery["state"] {
  if (toldAt !== null) return "heard";
  if (fault === "off") return "off";
  if (tries >= WEBHOOK_TRIES || now.getTime() - at.getTime() > GIVEN_UP_MS) return "given_up";
  return tries === 0 ? "waiting" : "failing";
}
