import { limitRate } from "@/lib/accounts/limit-rate";
import { listShares as listOwnShares } from "@/lib/shares/list-shares";
import { makeShare as makeOwnShare, sharedThing } from "@/lib/shares/make-share";
import { apiRoute } from "../_api-route";
import { listShares, makeShare } from "../_share-endpoints";

export const GET = apiRoute(listShares, async ({ owner, query }) =>
  Response.json({ shares: await listOwnShares(owner.id, sharedThing.parse(query)) }),
);

export const POST = apiRoute(makeShare, async ({ owner, body }) => {
  await limitRate("share", owner.id);
  const { share, token } = await makeOwnShare(owner.id, sharedThing.parse(body), body);
  return Response.json({ share, path: `/s/${token}` }, { status: 201 });
});
