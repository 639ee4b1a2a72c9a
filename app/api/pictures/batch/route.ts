import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { restorePictures } from "@/lib/pictures/restore-pictures";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { setFavourites } from "@/lib/pictures/set-favourite";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { readJson } from "../../_body";
import { route } from "../../_route";

const ACTS = {
  trash: trashPictures,
  restore: restorePictures,
  favourite: (ownerId: string, ids: readonly string[]) => setFavourites(ownerId, ids, true),
  unfavourite: (ownerId: string, ids: readonly string[]) => setFavourites(ownerId, ids, false),
} as const;

const input = z.object({
  ids: selectedPictures,
  act: z.enum(Object.keys(ACTS) as (keyof typeof ACTS)[]),
});

/** Does one thing with several pictures, or, where one of them isn't the owner's, with none: `{changed}`, their ids. */
export const POST = route(async ({ request, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("album", owner.id);
  const { ids, act } = input.parse(await readJson(request));
  return Response.json({ changed: await ACTS[act](owner.id, ids) });
});
