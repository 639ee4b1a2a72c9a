import { showAlbum as showOwnAlbum } from "@/lib/albums/show-album";
import { showAlbum } from "../../_album-endpoints";
import { apiRoute } from "../../_api-route";

export const GET = apiRoute(showAlbum, async ({ owner, id }) =>
  Response.json(await showOwnAlbum(owner.id, id)),
);
