import { z } from "zod";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { hidePlace } from "@/lib/pictures/hide-place";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { setFavourite } from "@/lib/pictures/set-favourite";
import { showPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { readJson } from "../../_body";
import { route } from "../../_route";

type Params = { id: string };

/** One picture with what made it and how it was judged: `{picture}`, as from the other verbs here. */
export const GET = route<Params>(async ({ params, requireOwner }) => {
  const picture = await showPicture((await requireOwner()).id, params.id);
  return Response.json({ picture }, { headers: { "Cache-Control": "private, no-store" } });
});

const change = z
  .object({
    title: z.string().max(500),
    caption: z.string().max(10_000),
    favourite: z.boolean(),
    placeHidden: z.boolean(),
  })
  .partial()
  .refine((given) => Object.keys(given).length > 0);

/** Changes the title, the caption, the favourite mark, whether its place is hidden, or several of them. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  const { title, caption, favourite, placeHidden } = change.parse(await readJson(request));
  if (title !== undefined) await renamePicture(owner.id, params.id, title);
  if (caption !== undefined) await captionPicture(owner.id, params.id, caption);
  if (favourite !== undefined) await setFavourite(owner.id, params.id, favourite);
  if (placeHidden !== undefined) await hidePlace(owner.id, params.id, placeHidden);
  return Response.json({ picture: await showPicture(owner.id, params.id) });
});

/** Moves the picture to the trash. */
export const DELETE = route<Params>(async ({ params, requireOwner }) => {
  await trashPictures((await requireOwner()).id, [params.id]);
  return new Response(null, { status: 204 });
});

/** Takes the picture out of the trash. */
export const POST = route<Params>(async ({ params, requireOwner }) => {
  const owner = await requireOwner();
  await restorePictures(owner.id, [params.id]);
  return Response.json({ picture: await showPicture(owner.id, params.id) });
});
