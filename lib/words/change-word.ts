import { z } from "zod";
import type { VocabularyWord } from "../db/client";
import { changeVocabulary, type VocabularyChange } from "../db/vocabulary";
import { AppError } from "../errors";
import { narrowerOf } from "../search/kept-words";
import { isOwnWord, mergeVocabulary, type OwnerWord } from "../search/own-vocabulary";
import { checkFree, checkWithin, nameWord, wordInput } from "./name-word";
import { shippedWords } from "./shipped-words";
import { tellAnew } from "./tell-anew";
import { CARES } from "./word-limits";

/** Of a model's word, `isOff` and `care` alone. */
export const changeWordInput = wordInput
  .extend({
    isOff: z.boolean(),
    /** Whether what lies under it is switched likewise. */
    withNarrower: z.literal(true),
    care: z.enum(CARES),
  })
  .partial();
type Change = z.infer<typeof changeWordInput>;

/**
 * Changes a word; the owner's pictures are told anew. What they said themselves of pictures stays, and goes along with a
 * new name.
 * @param key what tags are kept by.
 * @throws AppError not_found for a word that there is not, also a broader one; word_invalid, word_taken, word_circular;
 *         input_invalid for names of a model's word.
 */
export async function changeWord(ownerId: string, key: string, change: Change): Promise<void> {
  const shipped = await shippedWords(ownerId);
  await changeVocabulary(ownerId, (rows) => {
    const vocabulary = mergeVocabulary(shipped, rows);
    const known = vocabulary.find((word) => word.key === key);
    if (!known) throw new AppError("not_found");
    const named = renamed(known, rows, vocabulary, change);
    const { isOff, withNarrower, care } = change;
    const alike = isOff !== undefined && withNarrower ? narrowerOf(vocabulary, key) : [];
    const wanted = {
      ...(isOff !== undefined && { isOff }),
      ...(care !== undefined && { care }),
    };
    const own = { ...rowOf(rows, key), ...named.row, ...wanted };
    const below = alike.map((each) => ({ ...rowOf(rows, each), isOff: isOff === true }));
    return { ...named, keep: [own, ...below.map((row) => followed(row, key, own.word))] };
  });
  tellAnew();
}

/** A row that lies under a word keeps to it where its name changes. */
const followed = <Row extends { within: string | null }>(row: Row, from: string, to: string): Row =>
  row.within === from ? { ...row, within: to } : row;

/** As it is kept, or would be. */
function rowOf(rows: readonly VocabularyWord[], word: string): Omit<VocabularyWord, "ownerId"> {
  const { ownerId: _, ...row } = rows.find((each) => each.word === word) ?? {
    ownerId: "",
    ...asShipped(word),
  };
  return row;
}

const asShipped = (word: string): Omit<VocabularyWord, "ownerId"> => ({
  ...{ word, en: null, zh: null, wordings: [], within: null, isOff: false, care: "balanced" },
});

/** What changes about names and place, checked. */
function renamed(
  known: OwnerWord,
  rows: readonly VocabularyWord[],
  vocabulary: readonly OwnerWord[],
  { en, zh, wordings, within }: Change,
): Pick<VocabularyChange, "rename"> & { row: Partial<VocabularyWord> } {
  if ([en, zh, wordings, within].every((each) => each === undefined)) return { row: {} };
  const row = rows.find(({ word }) => word === known.key);
  if (!row || !isOwnWord(row)) throw new AppError("input_invalid", { details: { field: "word" } });
  const named = nameWord({
    en: en ?? row.en ?? "",
    zh: zh ?? row.zh ?? "",
    wordings: wordings ?? row.wordings,
  });
  const others = vocabulary.filter(({ key }) => key !== known.key);
  checkFree(others, named);
  const under = within === undefined ? row.within : within;
  if (within !== undefined) checkWithin(vocabulary, known.key, within);
  return {
    ...(named.word !== row.word && { rename: { from: row.word, to: named.word } }),
    row: { ...named, within: under },
  };
}
