import { z } from "zod";
import { findByTitle, listOwned, listPictureRows } from "../db/pictures";
import { countWithoutVector, findNearest, readVectors } from "../db/vectors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import type { ClipModel } from "./clip-model";
import { embedWords } from "./embed-words";
import { parseWords, type SearchWords } from "./parse-words";
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
  /** How far the words stand out for it; null for one that was found by its title alone. */
  readonly score: number | null;
  /** Whether it is what the words say; those behind only come nearest. */
  readonly matches: boolean;
}

export interface FoundPictures {
  /** What matches, the best first, then what comes nearest. */
  readonly found: readonly FoundPicture[];
  /** Pictures that were not looked at yet: they are found by their titles alone. */
  readonly waiting: number;
}

/** The owner's pictures, outside the trash, by what is in them and by their titles. @throws those of the host */
export async function findPictures(ownerId: string, input: FindPicturesInput): Promise<FoundPictures> {
  const { words, count } = findPicturesInput.parse(input);
  const asked = parseWords(words);
  const model = await searchModel(ownerId);
  const titled = await findByTitle(ownerId, asked.wanted.split(" ").filter(Boolean), MOST);
  const byTitle = new Set(titled.map(({ id }) => id));
  const scores = model ? await score(ownerId, model, asked, byTitle) : new Map<string, Scored>();
  const rows = await listOwned(ownerId, [...new Set([...scores.keys(), ...byTitle])]);
  const found = rows
    .filter(({ id }) => !scores.get(id)?.isUnwanted)
    .map((row) => {
      const known = scores.get(row.id)?.wanted ?? null;
      const isTitled = byTitle.has(row.id);
      return {
        picture: describePicture(row),
        score: known,
        matches: isTitled || asked.wanted === "" || (known !== null && known >= MATCHES),
        rank: (isTitled ? 1_000 : 0) + (known ?? 0),
      };
    })
    .sort((a, b) => b.rank - a.rank || (a.picture.createdAt < b.picture.createdAt ? 1 : -1))
    .slice(0, count);
  return {
    found: found.map(({ rank: _, ...each }) => each),
    waiting: model ? await countWithoutVector(ownerId, model.name) : 0,
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
