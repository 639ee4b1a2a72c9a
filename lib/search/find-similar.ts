import { listOwned } from "../db/pictures";
import { findNearest, readVectors } from "../db/vectors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import { requirePicture } from "../pictures/require-picture";
import type { ClipModel } from "./clip-model";
import { parseWords } from "./parse-words";
import { scoreWords } from "./score-words";
import { searchModel } from "./search-model";

/** As many as one looks through for more of the same. */
const COUNT = 60;
/** Looked at more closely where words are asked for, too. */
const CANDIDATES = 400;

/**
 * The owner's pictures that look most like one of theirs, the likest first, itself left out; with words, those of them that
 * are also what the words say. None where no model has looked at it yet.
 * @throws AppError not_found; those of the host
 */
export async function findSimilar(
  ownerId: string,
  id: string,
  words = "",
): Promise<{ picture: PictureView; similar: PictureView[] }> {
  const picture = describePicture(await requirePicture(ownerId, id));
  const model = await searchModel(ownerId);
  const vector = model && (await readVectors(ownerId, model.name, [id])).get(id);
  if (!vector) return { picture, similar: [] };
  const near = await findNearest(ownerId, model.name, vector, words ? CANDIDATES : COUNT + 1);
  const likeness = new Map(near.map(({ pictureId, similarity }) => [pictureId, similarity]));
  likeness.delete(id);
  const ranked = words ? await withWords({ ownerId, model, words }, likeness) : [...likeness.keys()];
  const rows = await listOwned(ownerId, ranked.slice(0, COUNT));
  const byId = new Map(rows.map((row) => [row.id, describePicture(row)]));
  return { picture, similar: ranked.slice(0, COUNT).flatMap((each) => byId.get(each) ?? []) };
}

interface Asked {
  readonly ownerId: string;
  readonly model: ClipModel;
  readonly words: string;
}

/** Likeness and words count alike: each in deviations from what is usual among the candidates. */
async function withWords(
  { ownerId, model, words }: Asked,
  likeness: ReadonlyMap<string, number>,
): Promise<string[]> {
  const vectors = await readVectors(ownerId, model.name, [...likeness.keys()]);
  const told = await scoreWords(model, parseWords(words), vectors);
  const ids = [...told].filter(([, { isUnwanted }]) => !isUnwanted).map(([id]) => id);
  const alike = inDeviations(ids.map((id) => likeness.get(id)!));
  // What is not it at all is none the less so for being it even less.
  const fits = inDeviations(ids.map((id) => Math.max(0, told.get(id)!.wanted)));
  const order = [...ids.keys()].sort((a, b) => alike[b]! + fits[b]! - alike[a]! - fits[a]!);
  return order.map((at) => ids[at]!);
}

function inDeviations(numbers: readonly number[]): number[] {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const variance = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / numbers.length;
  return numbers.map((each) => (each - mean) / (Math.sqrt(variance) || 1));
}
