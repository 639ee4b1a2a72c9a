import { limitRate } from "@/lib/accounts/limit-rate";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { zipPictures } from "@/lib/pictures/zip-pictures";
import { readFields } from "../../_body";
import { route } from "../../_route";
import { zipResponse } from "../_zip-response";

/** The originals of chosen pictures as a zip file. A form's field `ids` names them, so that the browser saves the answer. */
export const POST = route(async ({ request, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("zip", owner.id);
  const { ids = "" } = await readFields(request);
  const zip = await zipPictures(owner.id, selectedPictures.parse(ids.split(",")));
  return zipResponse(zip, "Mosaiq Studio");
});
