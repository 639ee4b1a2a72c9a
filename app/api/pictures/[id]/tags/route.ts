import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { sayTag } from "@/lib/search/say-tag";
import { showTags, type TagView } from "@/lib/search/show-tags";
import { readJson } from "../../../_body";
import { route } from "../../../_route";

type Params = { id: string };

const answer = (tags: readonly TagView[]) =>
  Response.json({ tags }, { headers: { "Cache-Control": "private, no-store" } });

/** What a picture shows: `{tags: [{word, en, zh, isOwn}]}`, as from the other verb here. */
export const GET = route<Params>(async ({ params, requireOwner }) =>
  answer(await showTags((await requireOwner()).id, params.id)),
);

const said = z.object({ word: z.string().max(200), isSo: z.boolean() });

/** Says that the picture shows something, or that it does not: `{word, isSo}`. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("search", owner.id);
  const { word, isSo } = said.parse(await readJson(request));
  return answer(await sayTag(owner.id, params.id, word, isSo));
});
