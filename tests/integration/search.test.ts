import sharp from "sharp";
import { beforeAll, beforeEach, expect, test } from "vitest";
import * as picturesRoute from "@/app/api/pictures/route";
import * as searchRoute from "@/app/api/pictures/search/route";
import * as sortRoute from "@/app/api/pictures/sort/route";
import * as wordsRoute from "@/app/api/pictures/words/route";
import type { Owner } from "@/lib/accounts/owner";
import { sql } from "@/lib/db/client";
import { addPicture } from "@/lib/pictures/add-picture";
import { captionPicture } from "@/lib/pictures/caption-picture";
import { renamePicture } from "@/lib/pictures/rename-picture";
import { setFavourite } from "@/lib/pictures/set-favourite";
import { trashPictures } from "@/lib/pictures/trash-pictures";
import { currentClip } from "@/lib/search/clip-model";
import { embedNextPictures } from "@/lib/search/embed-pictures";
import { findPictures } from "@/lib/search/find-pictures";
import { findSimilar } from "@/lib/search/find-similar";
import type { OwnWord } from "@/lib/search/list-own-words";
import { sayTag } from "@/lib/search/say-tag";
import { showTags } from "@/lib/search/show-tags";
import { sortPictures } from "@/lib/search/sort-pictures";
import { tagNextPictures } from "@/lib/search/tag-pictures";
import { call } from "../support/api";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someGuest } from "../support/pictures";
import { drawThing, THINGS, type Thing } from "../support/world";

const WORDS: readonly (readonly [string, Thing])[] = [
  ["a cat", "cat"],
  ["pizza", "pizza"],
  ["sailboat", "sailboat"],
  ["火箭", "rocket"],
  ["香蕉", "banana"],
  ["雪人", "snowman"],
  ["hamburger", "hamburger"],
  ["rocket", "rocket"],
  ["自行车", "bicycle"],
  ["披萨", "pizza"],
];

// Nothing is installed: what ships is used.
ownModels();
const drawings = new Map<Thing, Buffer>();
beforeAll(async () => {
  for (const thing of THINGS) drawings.set(thing, await drawThing(thing));
});

const seeAll = async () => {
  const model = (await currentClip())!;
  const { signal } = new AbortController();
  while ((await embedNextPictures(model, signal)) + (await tagNextPictures(model, signal)) > 0);
};

onBothWithFiles("search", () => {
  let owner: Owner;
  let idOf = {} as Record<Thing, string>;
  beforeEach(async () => {
    owner = await someGuest();
    idOf = {} as Record<Thing, string>;
    // Names that tell nothing.
    for (const [i, thing] of THINGS.entries()) {
      const { picture } = await addPicture(owner.id, {
        bytes: drawings.get(thing)!,
        name: `IMG_${100 + i}.png`,
      });
      idOf[thing] = picture.id;
    }
    await seeAll();
  });
  const hits = async (words: string, by = owner) => (await findPictures(by.id, { words })).found;
  const thingOf = (id: string) => THINGS.find((thing) => idOf[thing] === id);

  test("finds pictures by what is in them, in both languages", async () => {
    let matching = 0;
    for (const [words, thing] of WORDS) {
      const [first] = await hits(words);
      expect([words, thingOf(first!.picture.id)]).toEqual([words, thing]);
      matching += first!.matches ? 1 : 0;
    }
    // Where matches end is a judgement; how good it is, `npm run bench -- albums` says.
    expect(matching).toBeGreaterThanOrEqual(WORDS.length - 2);
  });

  test("draws a line where matches end, and says when nothing matches", async () => {
    const found = await hits("cat");
    expect(found.map(({ picture }) => picture.id)).toHaveLength(THINGS.length);
    const matching = found.filter(({ matches }) => matches);
    expect(found.slice(0, matching.length)).toEqual(matching);
    expect(matching.length).toBeLessThan(THINGS.length / 2);
    expect((await hits("piano keyboard")).filter(({ matches }) => matches)).toEqual([]);
  });

  test("takes away what is not wanted, also where nothing else is asked for", async () => {
    const left = (await hits("-pizza")).map(({ picture }) => thingOf(picture.id));
    expect(left).not.toContain("pizza");
    expect(left).toContain("bicycle");
    const both = (await hits("pizza -pizza")).map(({ picture }) => thingOf(picture.id));
    expect(both).not.toContain("pizza");
  });

  test("titles and captions count, by the beginnings of their words and literally", async () => {
    await renamePicture(owner.id, idOf.pizza, "Dinner (50 %) in Rome 罗马");
    for (const words of ["rom", "DINNER rome", "罗马", "(50", "马"])
      expect([words, thingOf((await hits(words))[0]!.picture.id)]).toEqual([words, "pizza"]);
    await captionPicture(owner.id, idOf.rocket, "Uncle's birthday,\nat the lake 湖边");
    for (const words of ["birth lake", "湖边"])
      expect([words, thingOf((await hits(words))[0]!.picture.id)]).toEqual([words, "rocket"]);
    const [first] = await hits(`IMG_${100 + THINGS.indexOf("rocket")}`);
    expect([thingOf(first!.picture.id), first!.matches]).toEqual(["rocket", true]);
    // "ome" begins no word, and ".*" is no pattern.
    for (const words of ["ome", ".*"])
      expect(
        (await hits(words)).filter(({ matches }) => matches).map(({ picture }) => picture.id),
      ).not.toContain(idOf.cat);
  });

  test("what is in the trash, and what is another's, is not found; what waits is counted", async () => {
    const other = await someGuest();
    expect(await hits("pizza", other)).toEqual([]);
    await trashPictures(owner.id, [idOf.pizza]);
    expect((await hits("pizza")).map(({ picture }) => picture.id)).not.toContain(idOf.pizza);
    await addPicture(other.id, { bytes: drawings.get("pizza")!, name: "new.png" });
    expect(await findPictures(other.id, { words: "pizza" })).toEqual({ found: [], waiting: 1 });
    await expect(findSimilar(other.id, idOf.rocket)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a picture finds those that look like it", async () => {
    const { similar } = await findSimilar(owner.id, idOf.snowman);
    expect(similar).toHaveLength(THINGS.length - 1);
    expect(similar.map(({ id }) => id)).not.toContain(idOf.snowman);
  });

  test("a picture and words together find what looks like the one and is the other", async () => {
    const like = async (words: string) =>
      (await findSimilar(owner.id, idOf.rocket, words)).similar.map(({ id }) => thingOf(id));
    for (const thing of ["pizza", "banana"] as const) expect((await like(thing))[0]).toBe(thing);
    expect(await like("-pizza")).not.toContain("pizza");
    expect(await like("pizza")).not.toContain("rocket");
  });

  test("filters narrow down lists and searches alike", async () => {
    const blue = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#3b72d9" } })
      .png()
      .toBuffer();
    const { picture } = await addPicture(owner.id, { bytes: blue, name: "sky.png" });
    await setFavourite(owner.id, picture.id, true);
    await sayTag(owner.id, picture.id, "dog", true);
    await seeAll();
    const today = new Date().toISOString().slice(0, 10);
    const list = async (query: string) => {
      const answer = await call(picturesRoute.GET, owner, `/api/pictures?count=100&${query}`);
      return ((await answer.json()) as { pictures: { id: string }[] }).pictures.map(({ id }) => id);
    };
    const only = [
      "colour=blue&shape=landscape",
      "tag=狗",
      "tag=animal&favourite=1",
      `tag=dog&from=${today}&to=${today}`,
    ];
    for (const query of only) {
      expect([query, (await list(query)).includes(picture.id)]).toEqual([query, true]);
      expect((await list(query)).length).toBeLessThan(THINGS.length);
    }
    expect(await list("shape=landscape&favourite=1&origin=brought&type=png")).toEqual([picture.id]);
    for (const query of ["shape=portrait", "origin=made", "type=jpeg", "to=2020-01-01", "from=2999-01-01"])
      expect([query, await list(query)]).toEqual([query, []]);
    const { found } = await findPictures(owner.id, { words: "pizza", colour: "blue", favourite: "1" });
    expect(found.map((each) => each.picture.id)).toEqual([picture.id]);
    const refused = await call(picturesRoute.GET, owner, "/api/pictures?colour=bleu");
    expect(refused.status).toBe(422);
  });

  test("one's words are told with how many pictures have them, one's own alone", async () => {
    await sayTag(owner.id, idOf.rocket, "dog", true);
    const words = async (by: Owner | null) =>
      ((await (await call(wordsRoute.GET, by, "/api/pictures/words")).json()) as { words: OwnWord[] }).words;
    expect(await words(owner)).toContainEqual({ word: "dog", en: "dog", zh: "狗", count: 1 });
    await trashPictures(owner.id, [idOf.rocket]);
    expect((await words(owner)).map(({ word }) => word)).not.toContain("dog");
    expect(await words(await someGuest())).toEqual([]);
    expect(await words(null)).toEqual([]);
  });

  const tagsOf = async (thing: Thing) => (await showTags(owner.id, idOf[thing])).map(({ en }) => en);

  test("pictures are told in words, and what their owner says of them wins", async () => {
    for (const thing of ["snowman", "banana"] as const) expect(await tagsOf(thing)).toContain(thing);
    await sayTag(owner.id, idOf.snowman, "snowman", false);
    await sayTag(owner.id, idOf.snowman, "  Uncle\u200b   Fred ", true);
    await sayTag(owner.id, idOf.snowman, "披萨", true);
    expect((await showTags(owner.id, idOf.snowman)).slice(0, 2)).toEqual([
      { word: "pizza", en: "pizza", zh: "披萨", isOwn: true },
      { word: "uncle fred", en: "uncle fred", zh: "uncle fred", isOwn: true },
    ]);
    expect(await tagsOf("snowman")).not.toContain("snowman");
    // Another vocabulary, and all is told anew; what was said stays.
    await sql(`UPDATE "PictureVector" SET "tagged" = 'another'`);
    await seeAll();
    expect(await tagsOf("snowman")).not.toContain("snowman");
    expect((await tagsOf("snowman")).slice(0, 2)).toEqual(["pizza", "uncle fred"]);
    expect(await tagsOf("banana")).toContain("banana");
  });

  test("search knows what the owner said, narrower words and both languages", async () => {
    await sayTag(owner.id, idOf.snowman, "uncle fred", true);
    await sayTag(owner.id, idOf.rocket, "dog", true);
    await sayTag(owner.id, idOf.pizza, "pizza", false);
    const matching = async (words: string) =>
      (await hits(words)).filter(({ matches }) => matches).map(({ picture }) => thingOf(picture.id));
    expect(await matching("Uncle Fred")).toContain("snowman");
    const [first] = await hits("uncle fred");
    expect(first!.tags[0]).toMatchObject({ word: "uncle fred", isOwn: true });
    for (const words of ["a dog", "狗", "animal"]) expect((await matching(words))[0]).toBe("rocket");
    expect(await matching("pizza")).not.toContain("pizza");
    expect((await hits("banana -dog")).map(({ picture }) => thingOf(picture.id))).not.toContain("rocket");
  });

  test("chosen pictures are sorted into named groups, as far as they fit, and as their owner says", async () => {
    const ids = [idOf.pizza, idOf.snowman, idOf.bicycle, idOf.rocket];
    const sort = async (...labels: string[]) => {
      const body = JSON.stringify({ ids, labels });
      const answer = await call(sortRoute.POST, owner, "/api/pictures/sort", { method: "POST", body });
      const { groups, others } = (await answer.json()) as Awaited<ReturnType<typeof sortPictures>>;
      const things = (pictures: readonly { id: string }[]) => pictures.map(({ id }) => thingOf(id));
      return [...groups.map(({ label, pictures }) => [label, ...things(pictures)]), ["", ...things(others)]];
    };
    expect(await sort("雪人", "自行车", "披萨")).toEqual([
      ["雪人", "snowman"],
      ["自行车", "bicycle"],
      ["披萨", "pizza"],
      ["", "rocket"],
    ]);
    await sayTag(owner.id, idOf.pizza, "pizza", false);
    await sayTag(owner.id, idOf.rocket, "pizza", true);
    expect(await sort("pizza", "Pizza")).toEqual([
      ["Pizza", "rocket"],
      ["", "pizza", "snowman", "bicycle"],
    ]);
    const other = await someGuest();
    await expect(sortPictures(other.id, ids, ["pizza"])).rejects.toMatchObject({ code: "not_found" });
  });

  test("a tag that is none is refused, and so is one too many", async () => {
    for (const word of ["", " \u200b ", "x".repeat(61)])
      await expect(sayTag(owner.id, idOf.cat, word, true)).rejects.toMatchObject({ code: "tag_invalid" });
    const room = 60 - (await showTags(owner.id, idOf.cat)).length;
    for (let i = 0; i < room; i++) await sayTag(owner.id, idOf.cat, `word ${i}`, true);
    await expect(sayTag(owner.id, idOf.cat, "one more", true)).rejects.toMatchObject({ code: "tag_invalid" });
    // What is there already may be said again, and taken back.
    await sayTag(owner.id, idOf.cat, "word 0", true);
    await sayTag(owner.id, idOf.cat, "word 0", false);
    await sayTag(owner.id, idOf.cat, "one more", true);
  });

  test("over HTTP: one's own, within limits, and nothing for a first visit", async () => {
    const answer = await call(searchRoute.GET, owner, "/api/pictures/search?words=pizza&count=1");
    expect(answer.status).toBe(200);
    const { found } = (await answer.json()) as Awaited<ReturnType<typeof findPictures>>;
    expect(found.map(({ picture }) => picture.id)).toEqual([idOf.pizza]);
    for (const query of ["", "?words=", `?words=${"x".repeat(201)}`, "?words=a&count=0"])
      expect((await call(searchRoute.GET, owner, `/api/pictures/search${query}`)).status).toBe(422);
    const stranger = await call(searchRoute.GET, null, "/api/pictures/search?words=pizza");
    expect(await stranger.json()).toEqual({ found: [], waiting: 0 });
  });
});
