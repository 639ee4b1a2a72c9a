import { captionPicture } from "@/lib/pictures/caption-picture";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { setFavourite } from "@/lib/pictures/set-favourite";
import { showPicture as showOwnPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { apiRoute } from "../../_api-route";
import { changePicture, showPicture, trashPicture } from "../../_picture-endpoints";

export const GET = apiRoute(showPicture, async ({ owner, id }) =>
  Response.json(await showOwnPicture(owner.id, id)),
);

export const PATCH = apiRoute(changePicture, async ({ owner, id, body: { title, caption, favourite } }) => {
  if (title !== undefined) await renamePicture(owner.id, id, title);
  if (caption !== undefined) await captionPicture(owner.id, id, caption);
  if (favourite !== undefined) await setFavourite(owner.id, id, favourite);
  return Response.json(await showOwnPicture(owner.id, id));
});

export const DELETE = apiRoute(trashPicture, async ({ owner, id }) => {
  await trashPictures(owner.id, [id]);
  return new Response(null, { status: 204 });
});
