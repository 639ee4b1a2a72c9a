import { readSaid as findSaid } from "../db/tags";
import { keptWords } from "./kept-words";
import type { OwnerWord } from "./own-vocabulary";

/**
 * What an owner said themselves of their pictures: by picture, whether it shows what the words name. Who said "cat" said
 * "animal", too; whoever denies that it is a cat has not said that it is none. Of a word that they added themselves, what a
 * model tells counts likewise: no model knows what its bare name means to them.
 */
export async function readSaid(
  ownerId: string,
  vocabulary: readonly OwnerWord[],
  words: string,
): Promise<Map<string, boolean>> {
  const { name, narrower, isOwn } = keptWords(vocabulary, words);
  if (name === "") return new Map();
  const said = await findSaid(ownerId, [name], { isTold: isOwn });
  for (const [id, isSo] of await findSaid(ownerId, narrower, { isTold: isOwn })) if (isSo) said.set(id, true);
  return said;
}
