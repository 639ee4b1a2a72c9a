import { limitRate } from "@/lib/accounts/limit-rate";
import { createAlbum as createOwnAlbum } from "@/lib/albums/create-album";
import { listAlbums as listOwnAlbums } from "@/lib/albums/list-albums";
import { createAlbum, listAlbums } from "../_album-endpoints";
import { apiRoute } from "../_api-route";

export const GET = apiRoute(listAlbums, async ({ owner }) =>
  Response.json({ albums: await listOwnAlbums(owner.id) }),
);

export const POST = apiRoute(createAlbum, async ({ owner, body: { title } }) => {
  await limitRate("album", owner.id);
  return Response.json(await createOwnAlbum(owner.id, title), { status: 201 });
});
