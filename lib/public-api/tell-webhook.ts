import { Webhook } from "standardwebhooks";
import { FINAL_STATES } from "../db/jobs";
import { findDueWebhook, markWebhookTold } from "../db/webhooks";
import { viewJob } from "./job-view";
import { postSafely } from "./post-safely";

/**
 * Tells a job's end where its program wants to hear it: `POST {job}`, signed. Told again until somebody answers with 2xx;
 * `webhook-id` stays the same, so that who hears it twice knows.
 * @throws Error where it was not heard.
 * @source https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function tellWebhook(jobId: string, stop: AbortSignal): Promise<void> {
  const due = await findDueWebhook(jobId);
  // Without `queuedAt` the job was begun anew, and its next end comes with an entry of its own.
  if (!due?.queuedAt || !FINAL_STATES.includes(due.job.state)) return;
  const body = JSON.stringify({ job: viewJob(due.job, "en") });
  const id = `msg_${jobId}_${due.queuedAt.getTime()}`;
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "Mosaiq-Studio",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(due.key.webhookSecret).sign(id, now, body),
  };
  const status = await postSafely(due.url, body, headers, stop);
  if (status < 200 || status > 299) throw new Error(`the webhook was answered with ${status}`);
  await markWebhookTold(due, now);
}
