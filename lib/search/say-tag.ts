import { sayTag as saveSaid } from "../db/tags";
import { AppError } from "../errors";
import { recordAct } from "../pictures/record-act";
import { requirePicture } from "../pictures/require-picture";
import { cleanWord } from "./clean-word";
import { showTags, type TagView, translationsFor } from "./show-tags";
import { MAX_TAG_CHARS, MAX_TAGS } from "./tag-limits";

/**
 * Says of one's picture that it shows something, or that it does not; that counts more than what any model tells, and
 * stays. A word of the vocabulary is known in either language.
 * @returns the picture's tags as they are now.
 * @throws AppError not_found; tag_invalid for an empty or overlong word, or one too many.
 */
export async function sayTag(ownerId: string, id: string, typed: string, isSo: boolean): Promise<TagView[]> {
  await requirePicture(ownerId, id);
  const word = await nameOf(ownerId, typed);
  const isPlain = word.length > 0 && word.length <= MAX_TAG_CHARS;
  if (!isPlain || !(await saveSaid({ ownerId, pictureId: id }, word, { isSo, most: MAX_TAGS }, recordAct)))
    throw new AppError("tag_invalid", { details: { limit: MAX_TAG_CHARS, most: MAX_TAGS } });
  return showTags(ownerId, id);
}

async function nameOf(ownerId: string, typed: string): Promise<string> {
  const plain = cleanWord(typed).toLowerCase();
  for (const [word, { en, zh }] of await translationsFor(ownerId))
    if (en.toLowerCase() === plain || zh.toLowerCase() === plain) return word;
  return plain;
}
