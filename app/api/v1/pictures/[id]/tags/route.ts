import { limitRate } from "@/lib/accounts/limit-rate";
import { sayTag as sayOwnTag } from "@/lib/search/say-tag";
import { showTags as showOwnTags } from "@/lib/search/show-tags";
import { apiRoute } from "../../../_api-route";
import { sayTag, showTags } from "../../../_picture-endpoints";

export const GET = apiRoute(showTags, async ({ owner, id }) =>
  Response.json({ tags: await showOwnTags(owner.id, id) }),
);

export const PATCH = apiRoute(sayTag, async ({ owner, id, body: { word, isSo } }) => {
  await limitRate("search", owner.id);
  return Response.json({ tags: await sayOwnTag(owner.id, id, word, isSo) });
});
