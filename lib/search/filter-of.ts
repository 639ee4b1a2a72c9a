import type { PictureFilter } from "../db/picture-where";
import type { PictureFilters } from "../pictures/picture-filters";
import { plainNames } from "../places/plain-name";
import { keptWords } from "./kept-words";
import { ownVocabulary } from "./own-vocabulary";
import { searchModel } from "./search-model";

const DAY_MS = 24 * 60 * 60_000;

/** What was asked for, as rows are asked for it: outside the trash. Of a tag the narrower ones count, too. */
export async function filterOf(ownerId: string, asked: PictureFilters): Promise<PictureFilter> {
  const { colour, shape, origin, favourite, type, tag, place, album, from, to } = asked;
  return {
    inTrash: false,
    ...(colour && { colour }),
    ...(shape && { shape }),
    ...(origin && { isMade: origin === "made" }),
    ...(favourite && { favourite: true }),
    ...(type && { mime: `image/${type}` }),
    ...(tag && { words: await namesOf(ownerId, tag) }),
    ...(place && { placeNames: plainNames(place) }),
    ...(album && { albumId: album }),
    ...(from && { since: new Date(from) }),
    ...(to && { until: new Date(new Date(to).getTime() + DAY_MS) }),
  };
}

async function namesOf(ownerId: string, tag: string): Promise<string[]> {
  const vocabulary = await ownVocabulary(ownerId, await searchModel(ownerId));
  const { name, narrower } = keptWords(vocabulary, tag);
  return [name, ...narrower];
}
