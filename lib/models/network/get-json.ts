import { AppError, toAppError } from "../../errors";
import { guardedRequest } from "./guarded-request";
import { refusalOf } from "./refusal-of";
import { type Patience, retrying, TryAgain, USUAL_PATIENCE } from "./retrying";

/** The largest repositories' lists are a few megabytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * What a host's API answers, and what it says about where the rest of it is.
 * @param file what is asked about, for messages.
 * @throws AppError model_gone, model_locked, model_host_refused, model_host_failed
 */
export async function getJson(
  url: URL,
  file: string,
  signal: AbortSignal,
  patience: Patience = USUAL_PATIENCE,
): Promise<{ body: unknown; link: string | null }> {
  const ask = async () => {
    const answer = await guardedRequest(url, { headers: { Accept: "application/json" }, signal }).catch(
      again,
    );
    const refusal = refusalOf(answer, url, file);
    if (refusal) {
      answer.destroy();
      throw refusal.isPassing ? new TryAgain(refusal.error, refusal.retryAfterMs) : refusal.error;
    }
    try {
      const body: unknown = JSON.parse(await readText(answer));
      const { link } = answer.headers;
      return { body, link: typeof link === "string" ? link : null };
    } catch (cause) {
      signal.throwIfAborted();
      throw new TryAgain(new AppError("model_host_failed", { cause, details: { host: url.host } }));
    }
  };
  return retrying(ask, patience, signal);
}

/** What a dropped connection throws is worth another try; what was refused is not. */
export function again(thrown: unknown): never {
  throw toAppError(thrown).retryable ? new TryAgain(thrown) : thrown;
}

async function readText(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error("more than an answer has");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
