import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { AppError } from "../../errors";
import { permissionOf, tokenFor } from "./allowed-hosts";
import { isPublicAddress, PRIVATE_ADDRESS, publicLookup } from "./public-lookup";

export interface GuardedOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** A connection from which nothing comes for so long is given up. */
  readonly idleMs?: number;
}

const MOST_REDIRECTS = 6;
const IDLE_MS = 60_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for an address that models may come from, and follows where it leads: each step is checked anew, by name and by
 * the address that is connected to, and secrets stay with the host that they belong to.
 * @returns the answer, whatever its status; its body must be read or destroyed.
 * @throws AppError model_host_refused; model_host_failed where nobody answers.
 */
export async function guardedRequest(address: URL, options: GuardedOptions = {}): Promise<IncomingMessage> {
  let url = address;
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const answer = await requestOnce(url, options);
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.statusCode ?? 0) || location === undefined) return answer;
    answer.destroy();
    if (!URL.canParse(location, url.href)) break;
    url = new URL(location, url);
  }
  throw new AppError("model_host_failed", { details: { host: url.host } });
}

function requestOnce(
  url: URL,
  { headers, signal, idleMs = IDLE_MS }: GuardedOptions,
): Promise<IncomingMessage> {
  const permission = permissionOf(url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isPrivate = permission === "known" && isIP(host) !== 0 && !isPublicAddress(host);
  if (permission === "refused" || isPrivate) throw refused(url);
  const token = tokenFor(url);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asking = send(url, {
      headers: {
        "User-Agent": "Mosaiq-Studio",
        "Accept-Encoding": "identity",
        ...headers,
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(permission === "known" && { lookup: publicLookup }),
      ...(signal && { signal }),
    });
    asking.setTimeout(idleMs, () => asking.destroy(new Error(`${url.host} fell silent`)));
    asking.on("error", (cause) => {
      if (signal?.aborted) return reject(signal.reason);
      const isPrivateName = (cause as NodeJS.ErrnoException).code === PRIVATE_ADDRESS;
      reject(isPrivateName ? refused(url, cause) : failed(url, cause));
    });
    asking.on("response", resolve);
    asking.end();
  });
}

const refused = (url: URL, cause?: unknown) =>
  new AppError("model_host_refused", { cause, details: { host: url.host } });
const failed = (url: URL, cause: unknown) =>
  new AppError("model_host_failed", { cause, details: { host: url.host } });
