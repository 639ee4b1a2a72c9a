import { FINAL_STATES } from "../db/jobs";
import { findDueWebhook, noteUntold, noteWebhookTry } from "../db/webhooks";
import { viewJob } from "./job-view";
import { postNews } from "./post-news";

/**
 * Tells a job's end where its program wants to hear it: `POST {job}`, signed. Told again until somebody answers with 2xx;
 * `webhook-id` stays the same, so that who hears it twice knows. What became of it is noted for the key's owner.
 * @throws Error where it was not heard.
 */
export async function tellWebhook(jobId: string, stop: AbortSignal): Promise<void> {
  const due = await findDueWebhook(jobId);
  // Without `queuedAt` the job was begun anew, and its next end comes with an entry of its own.
  if (!due?.queuedAt || !FINAL_STATES.includes(due.job.state)) return;
  if (due.key.webhooksOff) return noteUntold(due, "off");
  const told = await postNews(
    {
      id: `msg_${jobId}_${due.queuedAt.getTime()}`,
      url: due.url,
      secret: due.key.webhookSecret,
      body: { job: viewJob(due.job, "en") },
    },
    stop,
  );
  await noteWebhookTry(due, told);
  if (told.fault !== null) throw new Error(`the webhook was not heard: ${told.status ?? told.fault}`);
}
