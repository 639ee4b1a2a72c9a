import { listPlaces, type OwnPlace } from "@/lib/pictures/list-places";
import { route } from "../../_route";

const NOWHERE: readonly OwnPlace[] = [];

/** Where the owner's pictures were taken: `{places: [{country, city, cityZh, count}]}`, the most frequent first. */
export const GET = route(async ({ findOwner }) => {
  const owner = await findOwner();
  const places = owner ? await listPlaces(owner.id) : NOWHERE;
  return Response.json({ places }, { headers: { "Cache-Control": "private, no-store" } });
});
