import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { deleteAlbum } from "@/lib/albums/delete-album";
import { moveAlbum } from "@/lib/albums/move-album";
import { renameAlbum } from "@/lib/albums/rename-album";
import { setCover } from "@/lib/albums/set-cover";
import { showAlbum } from "@/lib/albums/show-album";
import { readJson } from "../../_body";
import { route } from "../../_route";

type Params = { id: string };

/** One album with its cover: `{album}`. */
export const GET = route<Params>(async ({ params, requireOwner }) => {
  const album = await showAlbum((await requireOwner()).id, params.id);
  return Response.json({ album }, { headers: { "Cache-Control": "private, no-store" } });
});

const change = z
  .object({
    title: z.string().max(500),
    /** The id of a picture in the album. */
    cover: z.string().max(64),
    /** The album to come behind; null for the first place. */
    after: z.string().max(64).nullable(),
  })
  .partial()
  .refine((given) => Object.keys(given).length > 0);

/** Changes the title, the cover, the place among the albums, or several of them: `{album}`. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { title, cover, after } = change.parse(await readJson(request));
  if (title !== undefined) await renameAlbum(owner.id, params.id, title);
  if (cover !== undefined) await setCover(owner.id, params.id, cover);
  if (after !== undefined) await moveAlbum(owner.id, params.id, after);
  return Response.json({ album: await showAlbum(owner.id, params.id) });
});

/** Removes the album; its pictures stay in the gallery. */
export const DELETE = route<Params>(async ({ params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  await deleteAlbum(owner.id, params.id);
  return new Response(null, { status: 204 });
});
