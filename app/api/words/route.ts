import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { addWord, addWordInput } from "@/lib/words/add-word";
import { changeWord, changeWordInput } from "@/lib/words/change-word";
import { removeWord } from "@/lib/words/remove-word";
import { showWords } from "@/lib/words/show-words";
import { readJson } from "../_body";
import { route } from "../_route";

const answer = async (owner: Owner | null, status = 200) =>
  Response.json(await showWords(owner?.id ?? null), {
    status,
    headers: { "Cache-Control": "private, no-store" },
  });

const word = z.string().max(200);

/** The words that one's pictures are told by: `{words, waiting}`, as from the other verbs here. */
export const GET = route(async ({ findOwner }) => answer(await findOwner()));

/** Adds a word of one's own: `{en?, zh?, wordings?, within?}` → 201. */
export const POST = route(async ({ request, ownerOrGuest }) => {
  const input = addWordInput.parse(await readJson(request));
  const owner = await ownerOrGuest();
  await limitRate("words", owner.id);
  await addWord(owner.id, input);
  return answer(owner, 201);
});

const change = changeWordInput.extend({ word });

/** Changes a word: `{word, …}` with what changes. */
export const PATCH = route(async ({ request, ownerOrGuest }) => {
  const { word, ...wanted } = change.parse(await readJson(request));
  const owner = await ownerOrGuest();
  await limitRate("words", owner.id);
  await changeWord(owner.id, word, wanted);
  return answer(owner);
});

/** Removes a word of one's own: `?word=`. */
export const DELETE = route(async ({ url, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("words", owner.id);
  await removeWord(owner.id, word.parse(url.searchParams.get("word")));
  return answer(owner);
});
