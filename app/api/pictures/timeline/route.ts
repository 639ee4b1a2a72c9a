import { shelfInput } from "@/lib/pictures/list-pictures";
import { pictureFilters } from "@/lib/pictures/picture-filters";
import { showTimeline } from "@/lib/pictures/show-timeline";
import { filterOf } from "@/lib/search/filter-of";
import { route } from "../../_route";

const asked = shelfInput.extend(pictureFilters.shape);

/** All of the owner's pictures as sections of months: `?shelf=&order=` and filters → `{sections}`. */
export const GET = route(async ({ url, findOwner }) => {
  const input = asked.parse(Object.fromEntries(url.searchParams));
  const owner = await findOwner();
  const sections = owner ? await showTimeline(owner.id, input, await filterOf(owner.id, input)) : [];
  return Response.json({ sections }, { headers: { "Cache-Control": "private, no-store" } });
});
