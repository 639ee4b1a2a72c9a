import { limitRate } from "@/lib/accounts/limit-rate";
import { type FoundPictures, findPictures, findPicturesInput } from "@/lib/search/find-pictures";
import { route } from "../../_route";

const NOTHING: FoundPictures = { found: [], waiting: 0 };

/** The owner's pictures by words: `?words=&count=` → `{found: [{picture, score, matches, tags, text}], waiting}`. */
export const GET = route(async ({ url, findOwner }) => {
  const input = findPicturesInput.parse(Object.fromEntries(url.searchParams));
  const owner = await findOwner();
  if (owner) await limitRate("search", owner.id);
  const answer = owner ? await findPictures(owner.id, input) : NOTHING;
  return Response.json(answer, { headers: { "Cache-Control": "private, no-store" } });
});
