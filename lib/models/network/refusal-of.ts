import type { IncomingMessage } from "node:http";
import { env } from "../../env";
import { AppError } from "../../errors";

/** How long a host that asks for patience is granted it at most. */
const MOST_PATIENCE_MS = 15 * 60_000;

/** An answer that is none: what to tell, and after how long to ask again where the host says so. */
export interface Refusal {
  readonly error: AppError;
  /** Whether asking again may help; for a while only, or for good. */
  readonly isPassing: boolean;
  /** Null where the host does not say. */
  readonly retryAfterMs: number | null;
}

/** @param file what was asked for, for the message. @returns null for an answer that is one. */
export function refusalOf(answer: IncomingMessage, url: URL, file: string): Refusal | null {
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return null;
  const { host } = url;
  const told = {
    isPassing: status >= 500 || PASSING.has(status),
    retryAfterMs: patience(answer.headers["retry-after"]),
  };
  if (LOCKED.has(status))
    return {
      ...told,
      error: new AppError("model_locked", { details: { host, file, variable: variableOf(url) } }),
    };
  if (status === 404 || status === 410)
    return { ...told, error: new AppError("model_gone", { details: { host, file } }) };
  return { ...told, error: new AppError("model_host_failed", { details: { host, status } }) };
}

/** Not signed in, terms not accepted, not in this country. */
const LOCKED = new Set([401, 403, 451]);
/** Too slow, too early, too often. */
const PASSING = new Set([408, 425, 429]);

const variableOf = (url: URL): string =>
  url.origin === new URL(env().CIVITAI_ENDPOINT).origin ? "CIVITAI_API_KEY" : "HF_TOKEN";

/** Seconds or a date. @source RFC 9110 §10.2.3 */
function patience(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(MOST_PATIENCE_MS, Math.max(0, ms)) : null;
}
