import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { removeFromAlbum } from "@/lib/albums/remove-from-album";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { readJson } from "../../../../_body";
import { route } from "../../../../_route";

const input = z.object({ ids: selectedPictures });

/** Takes pictures out of the album: `{removed}`, how many were in it. In the gallery they stay. */
export const POST = route<{ id: string }>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { ids } = input.parse(await readJson(request));
  return Response.json({ removed: await removeFromAlbum(owner.id, params.id, ids) });
});
