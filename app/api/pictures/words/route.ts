import { listOwnWords, type OwnWord } from "@/lib/search/list-own-words";
import { route } from "../../_route";

const NOTHING: readonly OwnWord[] = [];

/** What the owner's pictures show: `{words: [{word, en, zh, count}]}`, the most frequent first. */
export const GET = route(async ({ findOwner }) => {
  const owner = await findOwner();
  const words = owner ? await listOwnWords(owner.id) : NOTHING;
  return Response.json({ words }, { headers: { "Cache-Control": "private, no-store" } });
});
