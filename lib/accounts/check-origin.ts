import { AppError } from "../errors";

/**
 * Refuses a request that another site's page sent: browsers name the page's origin on every request that can
 * change something. Requests without the header come from programs, which carry nobody's cookies unasked.
 * @throws AppError origin_mismatch
 */
export function checkOrigin(request: Request): void {
  const { headers } = request;
  if (headers.get("sec-fetch-site") === "cross-site") throw new AppError("origin_mismatch");
  const origin = headers.get("origin");
  if (origin === null) return;
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? new URL(request.url).host;
  // "null" (sandboxed frames, data: pages) is no URL and is refused with the rest.
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new AppError("origin_mismatch");
}
