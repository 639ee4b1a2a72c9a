import { z } from "zod";
import { findWritten, listOwned, listPictureIds, listPictureRows } from "../db/pictures";
import { findRead } from "../db/texts";
import { countWithoutVector, findNearest, readVectors } from "../db/vectors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import { type PictureFilters, pictureFilters } from "../pictures/picture-filters";
import { lineWith } from "../reading/line-with";
import type { ClipModel } from "./clip-model";
import { filterOf } from "./filter-of";
import { type OwnerWord, ownVocabulary } from "./own-vocabulary";
import { parseWords, type SearchWords } from "./parse-words";
import { readSaid } from "./read-said";
import { scoreWords, type WordScore } from "./score-words";
import { searchModel } from "./search-model";
import { type TagView, tagsOf } from "./show-tags";
import { MATCHES } from "./stand-out";
import { towards } from "./word-scorer";
import { writtenTerms } from "./written-terms";

/** As much as anyone looks through. */
const MOST = 200;
/** Looked at more closely than those that are shown. */
const CANDIDATES = 400;
/** All that anyone may have taken out of a search by what is written in pictures. */
const MOST_UNWANTED = 100_000;
/** Behind each other: what owners say, what stands in pictures, what models see, and what owners deny. */
const RANKS = { named: 2_000, read: 1_000, denied: -1_000 };

export const findPicturesInput = pictureFilters.extend({
  /** `beach -people`, `"red car"`; see parseWords. */
  words: z.string().trim().min(1).max(200),
  count: z.coerce.number().int().min(1).max(MOST).default(MOST),
});
export type FindPicturesInput = z.input<typeof findPicturesInput>;

export interface FoundPicture {
  readonly picture: PictureView;
  /** How far the words stand out for it; null for one that was found by what is written of it or by its tags alone. */
  readonly score: number | null;
  /** Whether it is what the words say; those behind only come nearest. */
  readonly matches: boolean;
  /** What it shows, as far as is known: why it is here. */
  readonly tags: readonly TagView[];
  /** The line in the picture where the words stand, as a machine read it; null where they do not. */
  readonly text: string | null;
}

export interface FoundPictures {
  /** What matches, the best first, then what comes nearest. */
  readonly found: readonly FoundPicture[];
  /** Pictures that were not looked at yet: they are found by their titles and tags alone. */
  readonly waiting: number;
}

/**
 * The owner's pictures, outside the trash, by what is in them, by their titles and captions, by the names of their places,
 * by the text in them, and by what the owner says they show.
 * @throws those of the host
 */
export async function findPictures(ownerId: string, input: FindPicturesInput): Promise<FoundPictures> {
  const { words, count, ...filters } = findPicturesInput.parse(input);
  const asked = parseWords(words);
  const model = await searchModel(ownerId);
  const within = await idsWithin(ownerId, filters);
  const known = await readKnown(ownerId, await ownVocabulary(ownerId, model), asked);
  const named = new Set([...known.named, ...known.read.keys()]);
  const gallery = { ownerId, within, named };
  const scores = model ? await score(gallery, model, asked) : new Map<string, WordScore>();
  const ids = [...new Set([...scores.keys(), ...named])];
  const isWithin = within && new Set(within);
  const rows = await listOwned(ownerId, isWithin ? ids.filter((id) => isWithin.has(id)) : ids);
  const found = rows
    .filter(({ id }) => !known.unwanted.has(id) && !scores.get(id)?.isUnwanted)
    .map((row) => {
      const seen = scores.get(row.id)?.wanted ?? null;
      const [isNamed, isDenied] = [known.named.has(row.id), known.denied.has(row.id)];
      const text = known.read.get(row.id);
      const isRead = text !== undefined;
      const isAbove = asked.wanted === "" || (seen !== null && seen >= MATCHES);
      return {
        picture: describePicture(row),
        score: seen,
        matches: isNamed || isRead || (isAbove && !isDenied),
        text: isRead ? lineWith(text, termsOf(asked.wanted)) : null,
        rank: (isNamed ? RANKS.named : isRead ? RANKS.read : isDenied ? RANKS.denied : 0) + (seen ?? 0),
      };
    })
    .sort((a, b) => b.rank - a.rank || (a.picture.createdAt < b.picture.createdAt ? 1 : -1))
    .slice(0, count);
  const tags = await tagsOf(
    ownerId,
    found.map(({ picture }) => picture.id),
  );
  return {
    found: found.map(({ rank: _, ...each }) => ({ ...each, tags: tags.get(each.picture.id) ?? [] })),
    waiting: model ? await countWithoutVector(ownerId, model.name) : 0,
  };
}

/** The pictures that are searched; null for all. */
async function idsWithin(ownerId: string, filters: PictureFilters): Promise<string[] | null> {
  if (Object.values(filters).every((each) => each === undefined)) return null;
  return listPictureIds(ownerId, await filterOf(ownerId, filters));
}

const termsOf = (words: string): string[] => words.split(" ").filter(Boolean);

/**
 * What is known without looking: pictures that are called what is wanted, those in which it stands, with what was read in
 * them, those that are not it, and what nobody wants.
 */
async function readKnown(
  ownerId: string,
  vocabulary: readonly OwnerWord[],
  { wanted, unwanted }: SearchWords,
) {
  const written = await findWritten(ownerId, writtenTerms(wanted), MOST);
  const read = await findRead(ownerId, termsOf(wanted), { count: MOST, withTitles: true });
  const said = await readSaid(ownerId, vocabulary, wanted);
  const idsWhere = (all: Map<string, boolean>, isSo: boolean) =>
    [...all].filter(([, each]) => each === isSo).map(([id]) => id);
  const saidUnwanted = await Promise.all(unwanted.map((words) => readSaid(ownerId, vocabulary, words)));
  const readUnwanted = await Promise.all(
    unwanted.map((words) => findRead(ownerId, termsOf(words), { count: MOST_UNWANTED, withTitles: false })),
  );
  return {
    named: new Set([...written.map(({ id }) => id), ...idsWhere(said, true)]),
    read,
    denied: new Set(idsWhere(said, false)),
    unwanted: new Set([
      ...saidUnwanted.flatMap((each) => idsWhere(each, true)),
      ...readUnwanted.flatMap((each) => [...each.keys()]),
    ]),
  };
}

interface Searched {
  readonly ownerId: string;
  readonly within: readonly string[] | null;
  /** Looked at, wherever they are. */
  readonly named: ReadonlySet<string>;
}

/** By picture: those that are nearest to what is wanted, and those that are called so. */
async function score(
  { ownerId, within, named }: Searched,
  model: ClipModel,
  asked: SearchWords,
): Promise<Map<string, WordScore>> {
  const near = async () => {
    const options = within ? { within } : {};
    const vector = await towards(model, asked.wanted);
    const found = await findNearest(ownerId, model.name, vector, CANDIDATES, options);
    return found.map(({ pictureId }) => pictureId);
  };
  // Where only exclusions were typed, all that is left counts alike.
  const newest = async () =>
    within ??
    (await listPictureRows(ownerId, { filter: { inTrash: false } }, CANDIDATES)).map(({ id }) => id);
  const candidates = asked.wanted ? await near() : await newest();
  const vectors = await readVectors(ownerId, model.name, [...new Set([...candidates, ...named])]);
  return scoreWords(model, asked, vectors);
}
