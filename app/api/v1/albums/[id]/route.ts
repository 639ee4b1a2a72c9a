import { limitRate } from "@/lib/accounts/limit-rate";
import { deleteAlbum as deleteOwnAlbum } from "@/lib/albums/delete-album";
import { moveAlbum } from "@/lib/albums/move-album";
import { renameAlbum } from "@/lib/albums/rename-album";
import { setCover } from "@/lib/albums/set-cover";
import { showAlbum as showOwnAlbum } from "@/lib/albums/show-album";
import { changeAlbum, deleteAlbum, showAlbum } from "../../_album-endpoints";
import { apiRoute } from "../../_api-route";

export const GET = apiRoute(showAlbum, async ({ owner, id }) =>
  Response.json(await showOwnAlbum(owner.id, id)),
);

export const PATCH = apiRoute(changeAlbum, async ({ owner, id, body: { title, cover, after } }) => {
  await limitRate("album", owner.id);
  if (title !== undefined) await renameAlbum(owner.id, id, title);
  if (cover !== undefined) await setCover(owner.id, id, cover);
  if (after !== undefined) await moveAlbum(owner.id, id, after);
  return Response.json(await showOwnAlbum(owner.id, id));
});

export const DELETE = apiRoute(deleteAlbum, async ({ owner, id }) => {
  await limitRate("album", owner.id);
  await deleteOwnAlbum(owner.id, id);
  return new Response(null, { status: 204 });
});
