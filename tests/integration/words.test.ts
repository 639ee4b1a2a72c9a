import { beforeAll, beforeEach, expect, test } from "vitest";
import * as picturesRoute from "@/app/api/pictures/route";
import * as wordsRoute from "@/app/api/words/route";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { currentClip } from "@/lib/search/clip-model";
import { embedWaiting } from "@/lib/search/embed-pictures";
import { findPictures } from "@/lib/search/find-pictures";
import { sayTag } from "@/lib/search/say-tag";
import { showTags } from "@/lib/search/show-tags";
import { tagNextPictures } from "@/lib/search/tag-pictures";
import { addWord } from "@/lib/words/add-word";
import { changeWord } from "@/lib/words/change-word";
import { removeWord } from "@/lib/words/remove-word";
import { showWords, type WordsView } from "@/lib/words/show-words";
import { call } from "../support/api";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someAccount, someGuest } from "../support/pictures";
import { drawThing, type Thing } from "../support/world";

// Nothing is installed: what ships is used.
ownModels();
const SHOWN = ["snowman", "bicycle", "pizza"] as const satisfies readonly Thing[];
const drawings = new Map<Thing, Buffer>();
beforeAll(async () => {
  for (const thing of SHOWN) drawings.set(thing, await drawThing(thing));
});

/** Sees and tells whatever waits. @returns how often a device was asked to look at a picture. */
async function tellAll(): Promise<number> {
  const model = (await currentClip())!;
  const { signal } = new AbortController();
  let seen = 0;
  for await (const count of embedWaiting(model, signal)) seen += count;
  while ((await tagNextPictures(model, signal)) > 0);
  return seen;
}

onBothWithFiles("one's own words", () => {
  let owner: Owner;
  let idOf = {} as Record<(typeof SHOWN)[number], string>;
  beforeEach(async () => {
    owner = await someGuest();
    idOf = {} as typeof idOf;
    for (const [i, thing] of SHOWN.entries()) {
      const file = { bytes: drawings.get(thing)!, name: `IMG_${i}.png` };
      idOf[thing] = (await addPicture(owner.id, file)).picture.id;
    }
    await tellAll();
  });
  const tagsOf = async (thing: (typeof SHOWN)[number]) =>
    (await showTags(owner.id, idOf[thing])).map(({ word }) => word);
  const wordOf = async (key: string) => (await showWords(owner.id)).words.find(({ word }) => word === key);

  test("a word of one's own is told by its wordings, from the vectors that are there", async () => {
    await addWord(owner.id, { en: "Olaf", zh: "雪宝", wordings: ["snowman", "a snowman", "雪人"] });
    expect((await showWords(owner.id)).waiting).toBe(SHOWN.length);
    // No picture is looked at again.
    expect(await tellAll()).toBe(0);
    expect(await showWords(owner.id)).toMatchObject({ waiting: 0 });
    expect(await tagsOf("snowman")).toContain("olaf");
    expect(await tagsOf("pizza")).not.toContain("olaf");
    expect(await wordOf("olaf")).toMatchObject({ en: "Olaf", zh: "雪宝", count: 1 });
    for (const words of ["olaf", "雪宝"]) {
      const [first] = (await findPictures(owner.id, { words })).found;
      expect([words, first!.picture.id, first!.matches]).toEqual([words, idOf.snowman, true]);
    }
    const without = (await findPictures(owner.id, { words: "-olaf" })).found;
    expect(without.map(({ picture }) => picture.id)).not.toContain(idOf.snowman);
  });

  test("a word that is switched off is told no more, and again when it is switched on", async () => {
    expect(await tagsOf("snowman")).toContain("snowman");
    await changeWord(owner.id, "snowman", { isOff: true });
    await tellAll();
    expect(await tagsOf("snowman")).not.toContain("snowman");
    expect(await wordOf("snowman")).toMatchObject({ isOff: true, count: 0, names: null });
    await sayTag(owner.id, idOf.pizza, "雪人", true);
    expect((await showTags(owner.id, idOf.pizza))[0]).toEqual({
      ...{ word: "snowman", en: "snowman", zh: "雪人", isOwn: true },
    });
    await changeWord(owner.id, "snowman", { isOff: false });
    await tellAll();
    expect(await tagsOf("snowman")).toContain("snowman");
  });

  test("a broader word is switched with all that lies under it", async () => {
    await addWord(owner.id, { en: "breakfast things", within: "food" });
    await changeWord(owner.id, "food", { isOff: true, withNarrower: true });
    await tellAll();
    expect(await tagsOf("pizza")).not.toContain("pizza");
    const { words } = await showWords(owner.id);
    const isOff = (key: string) => words.find(({ word }) => word === key)?.isOff;
    expect(["food", "pizza", "breakfast things", "snowman"].map(isOff)).toEqual([true, true, true, false]);
    expect(await wordOf("breakfast things")).toMatchObject({ within: "food" });
  });

  test("what is a pizza need not be called food, and is found as food all the same", async () => {
    expect(await tagsOf("pizza")).toContain("pizza");
    expect(await tagsOf("pizza")).not.toContain("food");
    const list = await call(picturesRoute.GET, owner, "/api/pictures?tag=food");
    expect(((await list.json()) as { pictures: { id: string }[] }).pictures.map(({ id }) => id)).toEqual([
      idOf.pizza,
    ]);
    // Where no model is asked for pizzas any more, food is what is left to be said.
    await changeWord(owner.id, "pizza", { isOff: true });
    await tellAll();
    expect(await tagsOf("pizza")).toContain("food");
  });

  test("only when sure means fewer pictures, generously means more", async () => {
    const total = async () => (await showWords(owner.id)).words.reduce((sum, { count }) => sum + count, 0);
    // What a model reads is less clear than what it was taught.
    const read = ["snowman", "bicycle", "pizza", "food", "hamburger", "cheese wedge", "vehicle"];
    for (const word of read) await addWord(owner.id, { en: `my ${word}`, wordings: [word] });
    const counts = [];
    for (const care of ["sure", "balanced", "generous"] as const) {
      for (const word of read) await changeWord(owner.id, `my ${word}`, { care });
      await tellAll();
      counts.push(await total());
    }
    expect(counts.toSorted((a, b) => a - b)).toEqual(counts);
    expect(counts[2]).toBeGreaterThan(counts[0]!);
  });

  test("broader words hold their narrower ones: in lists, in search, in counts", async () => {
    await addWord(owner.id, { en: "winter", zh: "冬天" });
    await addWord(owner.id, { en: "cold friends", within: "winter" });
    await addWord(owner.id, { zh: "雪宝", wordings: ["snowman", "雪人"], within: "cold friends" });
    await tellAll();
    expect(await wordOf("雪宝")).toMatchObject({ en: "雪宝", zh: "雪宝", within: "cold friends", count: 1 });
    expect(await wordOf("winter")).toMatchObject({ count: 1, within: null });
    const list = await call(picturesRoute.GET, owner, `/api/pictures?tag=${encodeURIComponent("冬天")}`);
    expect(((await list.json()) as { pictures: { id: string }[] }).pictures.map(({ id }) => id)).toEqual([
      idOf.snowman,
    ]);
    // What lay under it moves up.
    await removeWord(owner.id, "cold friends");
    expect(await wordOf("雪宝")).toMatchObject({ within: "winter" });
  });

  test("a new name takes along what was said under the old one", async () => {
    await addWord(owner.id, { en: "pals" });
    await addWord(owner.id, { en: "Fred", within: "pals" });
    await sayTag(owner.id, idOf.snowman, "fred", true);
    await sayTag(owner.id, idOf.pizza, "fred", false);
    await sayTag(owner.id, idOf.pizza, "uncle fred", true);
    await changeWord(owner.id, "fred", { en: "Uncle Fred" });
    await changeWord(owner.id, "pals", { en: "friends" });
    await tellAll();
    expect((await showTags(owner.id, idOf.snowman))[0]).toMatchObject({ word: "uncle fred", isOwn: true });
    // What was said under the new name already counts more.
    expect((await showTags(owner.id, idOf.pizza))[0]).toMatchObject({ word: "uncle fred", isOwn: true });
    expect(await wordOf("uncle fred")).toMatchObject({ within: "friends", count: 2 });
    expect(await wordOf("fred")).toBeUndefined();
    await removeWord(owner.id, "uncle fred");
    await tellAll();
    // It stays where its owner said it.
    expect(await tagsOf("snowman")).toContain("uncle fred");
  });

  test("what cannot be is refused with its reason, and changes nothing", async () => {
    await addWord(owner.id, { en: "trips" });
    await addWord(owner.id, { en: "island", within: "trips" });
    const before = await showWords(owner.id);
    const refused: [string, () => Promise<unknown>][] = [
      ["word_invalid", () => addWord(owner.id, { en: "  \u200b " })],
      ["word_invalid", () => addWord(owner.id, { en: "x".repeat(61) })],
      ["word_invalid", () => addWord(owner.id, { en: "x", wordings: ["y".repeat(81)] })],
      ["word_invalid", () => addWord(owner.id, { en: "x", wordings: [..."abcdefghi"] })],
      ["word_taken", () => addWord(owner.id, { en: "Trips" })],
      ["word_taken", () => addWord(owner.id, { en: "PIZZA" })],
      ["word_taken", () => addWord(owner.id, { en: "pie", zh: "披萨" })],
      ["word_taken", () => changeWord(owner.id, "island", { en: "trips" })],
      ["word_circular", () => changeWord(owner.id, "trips", { within: "trips" })],
      ["word_circular", () => changeWord(owner.id, "trips", { within: "island" })],
      ["not_found", () => addWord(owner.id, { en: "lost", within: "nowhere" })],
      ["not_found", () => changeWord(owner.id, "nowhere", { isOff: true })],
      ["not_found", () => removeWord(owner.id, "nowhere")],
      ["not_found", () => removeWord(owner.id, "pizza")],
      ["input_invalid", () => changeWord(owner.id, "pizza", { en: "pie" })],
    ];
    for (const [code, attempt] of refused) await expect(attempt()).rejects.toMatchObject({ code });
    expect((await showWords(owner.id)).words).toEqual(before.words);
    // Its own name is free for it.
    await changeWord(owner.id, "island", { en: "Island", zh: "海岛", within: null });
    expect(await wordOf("island")).toMatchObject({ en: "Island", zh: "海岛", within: null });
  });

  test("there are so many words, and no more", async () => {
    const word = (i: number) => ({ ownerId: owner.id, word: `w${i}`, en: `w${i}` });
    await db().vocabularyWord.createMany({ data: Array.from({ length: 300 }, (_, i) => word(i)) });
    await expect(addWord(owner.id, { en: "one more" })).rejects.toMatchObject({ code: "words_full" });
  });

  test("a guest's words become the account's, and what both have stays the account's", async () => {
    const account = await someAccount();
    await addWord(account.id, { en: "Olaf", wordings: ["of the account"] });
    await addWord(owner.id, { en: "Olaf", wordings: ["snowman"] });
    await addWord(owner.id, { en: "wheels", wordings: ["bicycle", "自行车"] });
    await tellAll();
    await adoptGuest(owner, account);
    await tellAll();
    const { words, waiting } = await showWords(account.id);
    const own = words.filter(({ names }) => names !== null);
    expect(own.map(({ word, names }) => [word, names!.wordings])).toEqual([
      ["olaf", ["of the account"]],
      ["wheels", ["bicycle", "自行车"]],
    ]);
    expect(waiting).toBe(0);
    expect((await showTags(account.id, idOf.bicycle)).map(({ word }) => word)).toContain("wheels");
  });

  test("over HTTP: one's own alone, a first visit has the words that ship", async () => {
    const body = (it: unknown) => ({ body: JSON.stringify(it) });
    const made = await call(wordsRoute.POST, owner, "/api/words", {
      method: "POST",
      ...body({ en: "Olaf" }),
    });
    expect(made.status).toBe(201);
    const other = await someGuest();
    const keysOf = async (by: Owner | null) =>
      ((await (await call(wordsRoute.GET, by, "/api/words")).json()) as WordsView).words.map(
        ({ word }) => word,
      );
    expect(await keysOf(owner)).toContain("olaf");
    for (const by of [other, null]) {
      expect(await keysOf(by)).not.toContain("olaf");
      expect(await keysOf(by)).toContain("pizza");
      const change = { method: "PATCH", ...body({ word: "olaf", isOff: true }) };
      expect((await call(wordsRoute.PATCH, by, "/api/words", change)).status).toBe(404);
      expect((await call(wordsRoute.DELETE, by, "/api/words?word=olaf", { method: "DELETE" })).status).toBe(
        404,
      );
    }
    expect((await call(wordsRoute.DELETE, owner, "/api/words?word=olaf", { method: "DELETE" })).status).toBe(
      200,
    );
    expect(await keysOf(owner)).not.toContain("olaf");
    for (const wrong of [{}, { word: "pizza", care: "very" }, { word: 5 }])
      expect(
        (await call(wordsRoute.PATCH, owner, "/api/words", { method: "PATCH", ...body(wrong) })).status,
      ).toBe(422);
  });
});
