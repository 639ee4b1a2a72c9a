import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { createAlbum } from "@/lib/albums/create-album";
import { listAlbums } from "@/lib/albums/list-albums";
import { readJson } from "../_body";
import { route } from "../_route";

/** All of the owner's albums, in their order: `{albums}`. */
export const GET = route(async ({ findOwner }) => {
  const owner = await findOwner();
  const albums = owner ? await listAlbums(owner.id) : [];
  return Response.json({ albums }, { headers: { "Cache-Control": "private, no-store" } });
});

const input = z.object({ title: z.string().max(500) });

/** Makes an empty album: 201 with `{album}`. */
export const POST = route(async ({ request, ownerOrGuest }) => {
  const { title } = input.parse(await readJson(request));
  const owner = await ownerOrGuest();
  await limitRate("album", owner.id);
  return Response.json({ album: await createAlbum(owner.id, title) }, { status: 201 });
});
