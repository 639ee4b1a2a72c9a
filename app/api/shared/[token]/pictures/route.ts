import { z } from "zod";
import { listSharedPictures } from "@/lib/shares/list-shared-pictures";
import { openShare } from "@/lib/shares/open-share";
import { route } from "../../../_route";

const query = z.object({ cursor: z.string().max(400).optional() });

/** A page of what a link shows: `?cursor=` → `{pictures, nextCursor}`. */
export const GET = route<{ token: string }>(async ({ params, url, readCookie }) => {
  const { cursor } = query.parse(Object.fromEntries(url.searchParams));
  const page = await listSharedPictures(await openShare(params.token, readCookie), cursor);
  return Response.json(page, { headers: { "Cache-Control": "private, no-store" } });
});
