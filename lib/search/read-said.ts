import { readSaid as findSaid } from "../db/tags";
import { keptWords, type Word } from "./vocabulary";

/**
 * What an owner said themselves of their pictures: by picture, whether it shows what the words name. Who said "cat" said
 * "animal", too; whoever denies that it is a cat has not said that it is none.
 */
export async function readSaid(
  ownerId: string,
  vocabulary: readonly Word[],
  words: string,
): Promise<Map<string, boolean>> {
  const { name, narrower } = keptWords(vocabulary, words);
  if (name === "") return new Map();
  const said = await findSaid(ownerId, [name]);
  for (const [id, isSo] of await findSaid(ownerId, narrower)) if (isSo) said.set(id, true);
  return said;
}
