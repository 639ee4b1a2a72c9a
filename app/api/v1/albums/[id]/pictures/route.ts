import { limitRate } from "@/lib/accounts/limit-rate";
import { addToAlbum as addToOwnAlbum } from "@/lib/albums/add-to-album";
import { listAlbumPictures as listOwnAlbumPictures } from "@/lib/albums/list-album-pictures";
import { lockInAlbum } from "@/lib/albums/lock-in-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { addToAlbum, changeInAlbum, listAlbumPictures } from "../../../_album-endpoints";
import { apiRoute } from "../../../_api-route";

export const GET = apiRoute(listAlbumPictures, async ({ owner, id, query }) =>
  Response.json(await listOwnAlbumPictures(owner.id, id, query)),
);

export const POST = apiRoute(addToAlbum, async ({ owner, id, body: { ids } }) => {
  await limitRate("album", owner.id);
  return Response.json({ added: await addToOwnAlbum(owner.id, id, ids) });
});

export const PATCH = apiRoute(changeInAlbum, async ({ owner, id, body }) => {
  await limitRate("album", owner.id);
  if ("after" in body) await moveInAlbum(owner.id, id, body.id, body.after);
  else await lockInAlbum(owner.id, id, body.id, body.locked);
  return new Response(null, { status: 204 });
});
