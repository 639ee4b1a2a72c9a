import { limitRate } from "@/lib/accounts/limit-rate";
import { zipAlbum as zipOwnAlbum } from "@/lib/albums/zip-album";
import { zipResponse } from "../../../../pictures/_zip-response";
import { zipAlbum } from "../../../_album-endpoints";
import { apiRoute } from "../../../_api-route";

export const GET = apiRoute(zipAlbum, async ({ owner, id }) => {
  await limitRate("zip", owner.id);
  const { title, ...zip } = await zipOwnAlbum(owner.id, id);
  return zipResponse(zip, title);
});
