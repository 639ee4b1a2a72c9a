import { deleteWebhooksBefore } from "../db/webhooks";

/** How long it is known how a job's end was told. */
export const WEBHOOKS_KEPT_MS = 30 * 24 * 60 * 60_000;

/** Forgets how ends were told that nobody looks at any more; returns how many. */
export const clearWebhooks = (now = new Date()): Promise<number> =>
  deleteWebhooksBefore(new Date(now.getTime() - WEBHOOKS_KEPT_MS));
