import { db, type Transaction, type VocabularyWord } from "./client";

export interface VocabularyChange {
  /** As they are from now on. */
  readonly keep?: readonly Omit<VocabularyWord, "ownerId">[];
  readonly remove?: readonly string[];
  /** What tags, and narrower words, are called from now on. */
  readonly rename?: { readonly from: string; readonly to: string };
}

/** The words that an owner added, or changed; at their names. */
export const listVocabulary = (ownerId: string): Promise<VocabularyWord[]> =>
  db().vocabularyWord.findMany({ where: { ownerId }, orderBy: { word: "asc" } });

/**
 * Changes an owner's words; their pictures wait to be put into words anew.
 * @param plan says what changes, given the words as they are; nobody else changes them meanwhile, and where it throws,
 *             nothing does.
 */
export function changeVocabulary(
  ownerId: string,
  plan: (words: readonly VocabularyWord[]) => VocabularyChange,
): Promise<void> {
  return db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: ownerId }, data: { wordsEpoch: { increment: 1 } } });
    const words = await tx.vocabularyWord.findMany({ where: { ownerId }, orderBy: { word: "asc" } });
    const { keep = [], remove = [], rename } = plan(words);
    if (rename) await renameWord(tx, ownerId, rename);
    await tx.vocabularyWord.deleteMany({ where: { ownerId, word: { in: [...remove] } } });
    for (const { word, ...rest } of keep)
      await tx.vocabularyWord.upsert({
        where: { ownerId_word: { ownerId, word } },
        create: { ownerId, word, ...rest },
        update: rest,
      });
  });
}

/** What was said under the old name is said under the new one; where something was said under that, it stays. */
async function renameWord(
  tx: Transaction,
  ownerId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "PictureTag" ("pictureId", "ownerId", "word", "score", "kept")
    SELECT "pictureId", "ownerId", ${to}, "score", "kept" FROM "PictureTag"
    WHERE "ownerId" = ${ownerId}::uuid AND "word" = ${from}
    ON CONFLICT ("pictureId", "word") DO UPDATE SET "kept" = COALESCE("PictureTag"."kept", EXCLUDED."kept")`;
  await tx.$executeRaw`DELETE FROM "PictureTag" WHERE "ownerId" = ${ownerId}::uuid AND "word" = ${from}`;
  await tx.vocabularyWord.updateMany({ where: { ownerId, within: from }, data: { within: to } });
  // How a word of another model's, of the same name, was wanted.
  await tx.vocabularyWord.deleteMany({ where: { ownerId, word: to } });
  await tx.vocabularyWord.updateMany({ where: { ownerId, word: from }, data: { word: to } });
}

/** A guest's words become an account's; where both have one, the account's stays. */
export async function moveVocabularyTo(tx: Transaction, guestId: string, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "VocabularyWord" AS mine SET "ownerId" = ${accountId}::uuid
    WHERE mine."ownerId" = ${guestId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "VocabularyWord" AS theirs
      WHERE theirs."ownerId" = ${accountId}::uuid AND theirs."word" = mine."word")`;
  // A number that neither had: what was told by the words of one is told anew by those of both.
  await tx.$executeRaw`
    UPDATE "User" AS account SET "wordsEpoch" = greatest(account."wordsEpoch", guest."wordsEpoch") + 1
    FROM "User" AS guest
    WHERE account."id" = ${accountId}::uuid AND guest."id" = ${guestId}::uuid
      AND (account."wordsEpoch" > 0 OR guest."wordsEpoch" > 0)`;
}
