import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { listAlbumPictures, listAlbumPicturesInput } from "@/lib/albums/list-album-pictures";
import { lockInAlbum } from "@/lib/albums/lock-in-album";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { readJson } from "../../../_body";
import { route } from "../../../_route";

type Params = { id: string };

/** A page of the album, in its order: `?cursor=&count=` → `{pictures, nextCursor, locked}`. */
export const GET = route<Params>(async ({ url, params, requireOwner }) => {
  const input = listAlbumPicturesInput.parse(Object.fromEntries(url.searchParams));
  const page = await listAlbumPictures((await requireOwner()).id, params.id, input);
  return Response.json(page, { headers: { "Cache-Control": "private, no-store" } });
});

const addition = z.object({ ids: selectedPictures });

/** Puts pictures at the album's end: `{added}`, how many were not in it yet. */
export const POST = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { ids } = addition.parse(await readJson(request));
  return Response.json({ added: await addToAlbum(owner.id, params.id, ids) });
});

const pictureId = z.string().max(64);
const change = z.union([
  z.object({ id: pictureId, after: pictureId.nullable() }),
  z.object({ id: pictureId, locked: z.boolean() }),
]);

/** Moves the picture `id` behind the picture `after`, or to the front; or locks or unlocks it. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const asked = change.parse(await readJson(request));
  if ("after" in asked) await moveInAlbum(owner.id, params.id, asked.id, asked.after);
  else await lockInAlbum(owner.id, params.id, asked.id, asked.locked);
  return new Response(null, { status: 204 });
});
