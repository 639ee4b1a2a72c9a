import { z } from "zod";
import { listOwned } from "../db/pictures";
import { readVectors } from "../db/vectors";
import { AppError } from "../errors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import { selectedPictures } from "../pictures/selected-pictures";
import type { ClipModel } from "./clip-model";
import { ownVocabulary } from "./own-vocabulary";
import { readSaid } from "./read-said";
import { searchModel } from "./search-model";
import { MAX_TAG_CHARS } from "./tag-limits";
import { wordScorer } from "./word-scorer";

/** Deviations from which on the best of the labels is taken: below, a picture is none of them. */
const FITS = 1.4;
/** More than anyone keeps apart. */
const MOST_LABELS = 20;

export const sortPicturesInput = z.object({
  ids: selectedPictures,
  labels: z.array(z.string().trim().min(1).max(MAX_TAG_CHARS)).min(1).max(MOST_LABELS),
});

export interface SortedPictures {
  /** In the order of the labels, each with what fits it best. */
  readonly groups: readonly { readonly label: string; readonly pictures: readonly PictureView[] }[];
  /** What none of the labels fits, or what nobody has looked at yet. */
  readonly others: readonly PictureView[];
}

/**
 * Sorts some of the owner's pictures into groups that they name, without any examples: to each its best label, where one
 * fits at all. What the owner said of a picture before counts more than what a model sees.
 * @throws AppError not_found where one of the pictures isn't theirs, or lies in the trash; those of the host
 */
export async function sortPictures(
  ownerId: string,
  ids: readonly string[],
  labels: readonly string[],
): Promise<SortedPictures> {
  const rows = await listOwned(ownerId, ids);
  if (rows.length !== new Set(ids).size) throw new AppError("not_found");
  const unlike = [...new Map(labels.map((label) => [label.toLowerCase(), label])).values()];
  const model = await searchModel(ownerId);
  const best = model ? await bestLabels({ ownerId, model, labels: unlike }, ids) : new Map<string, number>();
  const byId = new Map(rows.map((row) => [row.id, describePicture(row)]));
  const inOrder = ids.flatMap((id) => byId.get(id) ?? []);
  return {
    groups: unlike.map((label, i) => ({ label, pictures: inOrder.filter(({ id }) => best.get(id) === i) })),
    others: inOrder.filter(({ id }) => !best.has(id)),
  };
}

interface Sorting {
  readonly ownerId: string;
  readonly model: ClipModel;
  readonly labels: readonly string[];
}

/** By picture: the place of its label. */
async function bestLabels(
  { ownerId, model, labels }: Sorting,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const vocabulary = await ownVocabulary(ownerId, model);
  const [vectors, scoreOf] = await Promise.all([
    readVectors(ownerId, model.name, ids),
    wordScorer(model, labels),
  ]);
  const said = await Promise.all(labels.map((label) => readSaid(ownerId, vocabulary, label)));
  const best = new Map<string, number>();
  for (const [id, vector] of vectors) {
    const scores = scoreOf(vector).map((score, i) => {
      const isSo = said[i]!.get(id);
      return isSo === undefined ? score : isSo ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    });
    const most = Math.max(...scores);
    if (most >= FITS) best.set(id, scores.indexOf(most));
  }
  return best;
}
