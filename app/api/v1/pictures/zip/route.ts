import { limitRate } from "@/lib/accounts/limit-rate";
import { zipPictures as zipOwnPictures } from "@/lib/pictures/zip-pictures";
import { zipResponse } from "../../../pictures/_zip-response";
import { apiRoute } from "../../_api-route";
import { zipPictures } from "../../_picture-endpoints";

export const POST = apiRoute(zipPictures, async ({ owner, body: { ids } }) => {
  await limitRate("zip", owner.id);
  return zipResponse(await zipOwnPictures(owner.id, ids), "Mosaiq Studio");
});
