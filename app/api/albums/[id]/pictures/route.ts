import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { addToAlbum } from "@/lib/albums/add-to-album";
import { listAlbumPictures, listAlbumPicturesInput } from "@/lib/albums/list-album-pictures";
import { moveInAlbum } from "@/lib/albums/move-in-album";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { readJson } from "../../../_body";
import { route } from "../../../_route";

type Params = { id: string };

/** A page of the album, in its order: `?cursor=&count=` → `{pictures, nextCursor}`. */
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

const move = z.object({ id: z.string().max(64), after: z.string().max(64).nullable() });

/** Moves the picture `id` behind the picture `after`, or to the front. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { id, after } = move.parse(await readJson(request));
  await moveInAlbum(owner.id, params.id, id, after);
  return new Response(null, { status: 204 });
});
