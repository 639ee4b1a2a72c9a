import { limitRate } from "@/lib/accounts/limit-rate";
import { zipAlbum } from "@/lib/albums/zip-album";
import { route } from "../../../_route";
import { zipResponse } from "../../../pictures/_zip-response";

/** The originals of the album's pictures as a zip file. */
export const GET = route<{ id: string }>(async ({ params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("zip", owner.id);
  const { title, ...zip } = await zipAlbum(owner.id, params.id);
  return zipResponse(zip, title);
});
