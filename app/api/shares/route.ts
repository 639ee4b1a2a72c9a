import { limitRate } from "@/lib/accounts/limit-rate";
import { listShares } from "@/lib/shares/list-shares";
import { makeShare, sharedThing, shareTerms } from "@/lib/shares/make-share";
import { readJson } from "../_body";
import { route } from "../_route";

/** The links to one thing that open it: `?albumId=` or `?pictureId=` → `{shares}`. */
export const GET = route(async ({ url, requireOwner }) => {
  const thing = sharedThing.parse(Object.fromEntries(url.searchParams));
  const shares = await listShares((await requireOwner()).id, thing);
  return Response.json({ shares }, { headers: { "Cache-Control": "private, no-store" } });
});

/** Makes a link: 201 with `{share, path}`; where it leads is told this once. */
export const POST = route(async ({ request, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("share", owner.id);
  const body = await readJson(request);
  const { share, token } = await makeShare(owner.id, sharedThing.parse(body), shareTerms.parse(body));
  return Response.json(
    { share, path: `/s/${token}` },
    { status: 201, headers: { "Cache-Control": "private, no-store" } },
  );
});
