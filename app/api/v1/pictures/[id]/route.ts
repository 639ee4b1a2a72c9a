import { showPicture as showOwnPicture } from "@/lib/pictures/show-picture";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { apiRoute } from "../../_api-route";
import { showPicture, trashPicture } from "../../_picture-endpoints";

export const GET = apiRoute(showPicture, async ({ owner, id }) =>
  Response.json(await showOwnPicture(owner.id, id)),
);

export const DELETE = apiRoute(trashPicture, async ({ owner, id }) => {
  await trashPictures(owner.id, [id]);
  return new Response(null, { status: 204 });
});
