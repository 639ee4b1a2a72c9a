import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { changePictures, PICTURE_ACTS } from "@/lib/pictures/change-pictures";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { readJson } from "../../_body";
import { route } from "../../_route";

const input = z.object({ ids: selectedPictures, act: z.enum(PICTURE_ACTS) });

/** Does one thing with several pictures, or, where one of them isn't the owner's, with none: `{changed}`, their ids. */
export const POST = route(async ({ request, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { ids, act } = input.parse(await readJson(request));
  return Response.json({ changed: await changePictures(owner.id, ids, act) });
});
