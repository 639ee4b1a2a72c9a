import { type KeptTag, readTags } from "../db/tags";
import { requirePicture } from "../pictures/require-picture";
import { ownVocabulary } from "./own-vocabulary";
import { searchModel } from "./search-model";

/** A word for what a picture shows, as screens and the API see it. */
export interface TagView {
  /** What it is kept and asked for by. */
  readonly word: string;
  readonly en: string;
  readonly zh: string;
  /** Whether the owner said so, rather than a model. */
  readonly isOwn: boolean;
}

/**
 * What one of the owner's pictures shows: what they said themselves first, then what a model tells, what stands out the
 * most first.
 * @throws AppError not_found
 */
export async function showTags(ownerId: string, id: string): Promise<TagView[]> {
  const picture = await requirePicture(ownerId, id);
  return (await tagsOf(ownerId, [picture.id])).get(picture.id) ?? [];
}

/** The same of many pictures, by picture; of another's nothing. */
export async function tagsOf(ownerId: string, ids: readonly string[]): Promise<Map<string, TagView[]>> {
  const inBoth = await translationsFor(ownerId);
  const view = ({ word, isOwn }: KeptTag): TagView => ({
    ...{ word, isOwn },
    ...(inBoth.get(word) ?? { en: word, zh: word }),
  });
  const tags = await readTags(ownerId, ids);
  return new Map([...tags].map(([id, kept]) => [id, kept.map(view)]));
}

/** By kept word: how both languages call it. */
export async function translationsFor(ownerId: string): Promise<Map<string, { en: string; zh: string }>> {
  const words = await ownVocabulary(ownerId, await searchModel(ownerId));
  return new Map(words.map(({ key, en, zh }) => [key, { en, zh }]));
}
