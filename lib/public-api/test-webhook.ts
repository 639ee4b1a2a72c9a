import { randomUUID } from "node:crypto";
import { limitRate } from "../accounts/limit-rate";
import { findOwnApiKey } from "../db/api-keys";
import { AppError } from "../errors";
import { postNews } from "./post-news";
import type { WebhookFault } from "./webhook-faults";

/** Whether an address hears what a key signs. */
export interface WebhookTest {
  /** In HTTP; null where there was no answer. */
  status: number | null;
  /** Null: it was heard. */
  fault: WebhookFault | null;
}

/**
 * Posts `{test: {key, at}}` once, signed as a job's end would be.
 * @param url as `webhookUrl` lets it through.
 * @throws AppError not_found, also for a key that is revoked; rate_limited
 */
export async function testWebhook(ownerId: string, keyId: string, url: string): Promise<WebhookTest> {
  await limitRate("webhook_test", ownerId);
  const key = await findOwnApiKey(ownerId, keyId);
  if (!key) throw new AppError("not_found");
  const body = { test: { key: key.name, at: new Date().toISOString() } };
  const news = { id: `msg_test_${randomUUID()}`, url, secret: key.webhookSecret, body };
  const { status, fault } = await postNews(news, new AbortController().signal);
  return { status, fault };
}
