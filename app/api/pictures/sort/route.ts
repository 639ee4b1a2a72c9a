import { limitRate } from "@/lib/accounts/limit-rate";
import { sortPictures, sortPicturesInput } from "@/lib/search/sort-pictures";
import { readJson } from "../../_body";
import { route } from "../../_route";

/** Sorts chosen pictures into named groups: `{ids, labels}` → `{groups: [{label, pictures}], others}`. Nothing is kept. */
export const POST = route(async ({ request, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("search", owner.id);
  const { ids, labels } = sortPicturesInput.parse(await readJson(request));
  return Response.json(await sortPictures(owner.id, ids, labels));
});
