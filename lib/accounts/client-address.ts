/**
 * The address a request came from, as Next's server or the nearest proxy reports it; only for rate limits,
 * since a client that talks to the server directly may write what it likes.
 */
export function clientAddress(headers: Pick<Headers, "get">): string {
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return forwarded || headers.get("x-real-ip") || "unknown";
}
