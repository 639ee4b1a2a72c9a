import { revokeShare as revokeOwnShare } from "@/lib/shares/revoke-share";
import { apiRoute } from "../../_api-route";
import { revokeShare } from "../../_share-endpoints";

export const DELETE = apiRoute(revokeShare, async ({ owner, id }) => {
  await revokeOwnShare(owner.id, id);
  return new Response(null, { status: 204 });
});
