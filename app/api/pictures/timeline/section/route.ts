import { pictureFilters } from "@/lib/pictures/picture-filters";
import { listSection, listSectionInput } from "@/lib/pictures/show-timeline";
import { filterOf } from "@/lib/search/filter-of";
import { route } from "../../../_route";

const asked = listSectionInput.extend(pictureFilters.shape);

/** The pictures of one section of the timeline: `?shelf=&order=&begin=&end=` and filters → `{pictures}`. */
export const GET = route(async ({ url, findOwner }) => {
  const input = asked.parse(Object.fromEntries(url.searchParams));
  const owner = await findOwner();
  const pictures = owner ? await listSection(owner.id, input, await filterOf(owner.id, input)) : [];
  return Response.json({ pictures }, { headers: { "Cache-Control": "private, no-store" } });
});
