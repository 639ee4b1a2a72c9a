import { limitRate } from "@/lib/accounts/limit-rate";
import { changePictures as changeOwnPictures } from "@/lib/pictures/change-pictures";
import { apiRoute } from "../../_api-route";
import { changePictures } from "../../_picture-endpoints";

export const POST = apiRoute(changePictures, async ({ owner, body: { ids, act } }) => {
  await limitRate("album", owner.id);
  return Response.json({ changed: await changeOwnPictures(owner.id, ids, act) });
});
