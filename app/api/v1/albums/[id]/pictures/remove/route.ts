import { limitRate } from "@/lib/accounts/limit-rate";
import { removeFromAlbum as removeFromOwnAlbum } from "@/lib/albums/remove-from-album";
import { removeFromAlbum } from "../../../../_album-endpoints";
import { apiRoute } from "../../../../_api-route";

export const POST = apiRoute(removeFromAlbum, async ({ owner, id, body: { ids } }) => {
  await limitRate("album", owner.id);
  return Response.json({ removed: await removeFromOwnAlbum(owner.id, id, ids) });
});
