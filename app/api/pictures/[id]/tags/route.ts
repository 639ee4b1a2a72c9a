import { limitRate } from "@/lib/accounts/limit-rate";
import { suggestTags } from "@/lib/search/suggest-tags";
import { route } from "../../../_route";

/** What a picture seems to show: `{tags: [{en, zh, score}]}`. It may wait until a device is free. */
export const GET = route<{ id: string }>(async ({ params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("search", owner.id);
  const tags = await suggestTags(owner.id, params.id);
  return Response.json({ tags }, { headers: { "Cache-Control": "private, no-store" } });
});
