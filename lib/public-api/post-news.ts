import { Webhook } from "standardwebhooks";
import type { WebhookTry } from "../db/webhooks";
import { postSafely } from "./post-safely";
import { type WebhookFault, webhookFault } from "./webhook-faults";

/** What a program is told. */
export interface News {
  /** The same for the same news, however often they are sent. */
  readonly id: string;
  readonly url: string;
  /** As the key has it. */
  readonly secret: string;
  readonly body: object;
}

export interface NewsTry extends WebhookTry {
  readonly fault: WebhookFault | null;
}

/**
 * Posts news, signed, once.
 * @returns what became of it; only `stop` is thrown.
 * @source https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function postNews({ id, url, secret, body }: News, stop: AbortSignal): Promise<NewsTry> {
  const text = JSON.stringify(body);
  const at = new Date();
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
    "user-agent": "Mosaiq-Studio",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, text),
  };
  try {
    const status = await postSafely(url, text, headers, stop);
    return { at, status, fault: status >= 200 && status <= 299 ? null : "refused" };
  } catch (error) {
    stop.throwIfAborted();
    return { at, status: null, fault: webhookFault(error) };
  }
}
