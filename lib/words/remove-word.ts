import { changeVocabulary } from "../db/vocabulary";
import { AppError } from "../errors";
import { isOwnWord } from "../search/own-vocabulary";
import { tellAnew } from "./tell-anew";

/**
 * Removes a word of the owner's own; what lay under it lies under the one above. Pictures that the owner called so
 * themselves keep it as a tag.
 * @throws AppError not_found, also for a model's word: that can be switched off.
 */
export async function removeWord(ownerId: string, key: string): Promise<void> {
  await changeVocabulary(ownerId, (rows) => {
    const row = rows.find(({ word }) => word === key);
    if (!row || !isOwnWord(row)) throw new AppError("not_found");
    const below = rows.filter(({ within }) => within === key);
    return {
      remove: [key],
      keep: below.map(({ ownerId: _, ...each }) => ({ ...each, within: row.within })),
    };
  });
  tellAnew();
}
