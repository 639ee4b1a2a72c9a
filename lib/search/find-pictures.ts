import { z } from "zod";
import { findByTitle, listOwned, listPictureRows } from "../db/pictures";
import { countWithoutVector, findNearest, readVectors } from "../db/vectors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import { parseWords, type SearchWords } from "./parse-words";
import { readSaid } from "./read-said";
import { searchModel } from "./search-model";
import { MATCHES, standOut } from "./stand-out";
import { vocabularyOf } from "./vocabulary";

/** As much as anyone looks through. */
const MOST = 200;
/** Looked at more closely than those that are shown. */
const CANDIDATES = 400;

export const findPicturesInput = z.object({
  /** `beach -people`, `"red car"`; see parseWords. */
  words: z.string().trim().min(1).max(200),
  count: z.coerce.number().int().min(1).max(MOST).default(MOST),
});
export type FindPicturesInput = z.input<typeof findPicturesInput>;

export interface FoundPicture {
  readonly picture: PictureView;
  /** How far the words stand out for it; null for one that was found by its title or its tags alone. */
  readonly score: number | null;
  /** Whether it is what the words say; those behind only come nearest. */
  readonly matches: boolean;
}

export interface FoundPictures {
  /** What matches, the best first, then what comes nearest. */
  readonly found: readonly FoundPicture[];
  /** Pictures that were not looked at yet: they are found by their titles and tags alone. */
  readonly waiting: number;
}

/**
 * The owner's pictures, outside the trash, by what is in them, by their titles, and by what the owner says they show.
 * @throws those of the host
 */
export async function findPictures(ownerId: string, input: FindPicturesInput): Promise<FoundPictures> {
  const { words, count } = findPicturesInput.parse(input);
  const asked = parseWords(words);
  const model = await searchModel(ownerId);
  const known = await readKnown(ownerId, model, asked);
  const scores = model ? await score(ownerId, model, asked, known.named) : new Map<string, Scored>();
  const rows = await listOwned(ownerId, [...new Set([...scores.keys(), ...known.named])]);
  const found = rows
    .filter(({ id }) => !known.unwanted.has(id) && !scores.get(id)?.isUnwanted)
    .map((row) => {
      const seen = scores.get(row.id)?.wanted ?? null;
      const [isNamed, isDenied] = [known.named.has(row.id), known.denied.has(row.id)];
      const isAbove = asked.wanted === "" || (seen !== null && seen >= MATCHES);
      return {
        picture: describePicture(row),
        score: seen,
        matches: isNamed || (isAbove && !isDenied),
        rank: (isNamed ? 1_000 : isDenied ? -1_000 : 0) + (seen ?? 0),
      };
    })
    .sort((a, b) => b.rank - a.rank || (a.picture.createdAt < b.picture.createdAt ? 1 : -1))
    .slice(0, count);
  return {
    found: found.map(({ rank: _, ...each }) => each),
    waiting: model ? await countWithoutVector(ownerId, model.name) : 0,
  };
}

/** What is known without looking: pictures that are called what is wanted, those that are not it, and what nobody wants. */
async function readKnown(ownerId: string, model: ClipModel | null, { wanted, unwanted }: SearchWords) {
  const titled = await findByTitle(ownerId, wanted.split(" ").filter(Boolean), MOST);
  const said = await readSaid(ownerId, model, wanted);
  const idsWhere = (all: Map<string, boolean>, isSo: boolean) =>
    [...all].filter(([, each]) => each === isSo).map(([id]) => id);
  const saidUnwanted = await Promise.all(unwanted.map((words) => readSaid(ownerId, model, words)));
  return {
    named: new Set([...titled.map(({ id }) => id), ...idsWhere(said, true)]),
    denied: new Set(idsWhere(said, false)),
    unwanted: new Set(saidUnwanted.flatMap((each) => idsWhere(each, true))),
  };
}

interface Scored {
  readonly wanted: number;
  readonly isUnwanted: boolean;
}

/** By picture: those that are nearest to what is wanted, and those of `more`. */
async function score(
  ownerId: string,
  model: ClipModel,
  { wanted, unwanted }: SearchWords,
  more: ReadonlySet<string>,
): Promise<Map<string, Scored>> {
  const vocabulary = await vocabularyOf(model);
  const language = /\p{Script=Han}/u.test(`${wanted}${unwanted.join("")}`) ? "zh" : "en";
  const background = await embedWords(
    model,
    vocabulary.map((word) => word[language]),
  );
  const [wantedVector, ...unwantedVectors] = await embedWords(model, [wanted, ...unwanted]);
  const near = wanted
    ? (await findNearest(ownerId, model.name, wantedVector!, CANDIDATES)).map(({ pictureId }) => pictureId)
    : (await listPictureRows(ownerId, { inTrash: false }, null, CANDIDATES)).map(({ id }) => id);
  const vectors = await readVectors(ownerId, model.name, [...new Set([...near, ...more])]);
  return new Map(
    [...vectors].map(([id, vector]) => {
      const [fits = 0, ...unfits] = standOut([wantedVector!, ...unwantedVectors], vector, background);
      return [id, { wanted: wanted ? fits : 0, isUnwanted: unfits.some((each) => each >= MATCHES) }];
    }),
  );
}
