import http from "node:http";
import https from "node:https";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { env } from "../env";

const PATIENCE_MS = 10_000;
/** The code of the error for an address that would be sent to in the open. */
export const HTTPS_ALONE = "HTTPS_ALONE";

/**
 * Posts JSON to an address that somebody typed. It may not lead into the operator's own network: what the name means is
 * checked by the lookup whose answer is connected to, no redirect is followed, and of the answer nothing is read.
 * @returns the answer's status.
 * @throws Error of the connection, or when there is no answer within ten seconds.
 */
export function postSafely(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<number> {
  const isPrivateFine = env().WEBHOOKS_PRIVATE === "1";
  const filter = { allowPrivateIPAddress: isPrivateFine, allowMetaIPAddress: false };
  const isOpen = new URL(address).protocol === "http:";
  if (isOpen && !isPrivateFine)
    return Promise.reject(Object.assign(new Error("webhooks go to https alone"), { code: HTTPS_ALONE }));
  const [{ request }, agent] = isOpen
    ? [http, new RequestFilteringHttpAgent(filter)]
    : [https, new RequestFilteringHttpsAgent(filter)];
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]);
  return new Promise((resolve, reject) => {
    const asked = request(address, { method: "POST", agent, headers, signal }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
