import { restorePictures } from "@/lib/pictures/restore-pictures";
import { showPicture } from "@/lib/pictures/show-picture";
import { apiRoute } from "../../../_api-route";
import { restorePicture } from "../../../_picture-endpoints";

export const POST = apiRoute(restorePicture, async ({ owner, id }) => {
  await restorePictures(owner.id, [id]);
  return Response.json(await showPicture(owner.id, id));
});
