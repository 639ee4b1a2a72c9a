import { openApiDocument } from "../_open-api";

/** What this API is, for programs and for the page that shows it: no key is asked for, since it tells nothing of anybody. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "Cache-Control": "public, max-age=300" } });
}
