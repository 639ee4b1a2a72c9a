import { readSaid as findSaid } from "../db/tags";
import type { ClipModel } from "./clip-model";
import { vocabularyOf } from "./vocabulary";

const ARTICLE = /^(?:an?|the) /;

/**
 * What an owner said themselves of their pictures: by picture, whether it shows what the words name. Who said "cat" said
 * "animal", too; whoever denies that it is a cat has not said that it is none.
 * @param model whose vocabulary tells which words are narrower, and how the other language calls them.
 */
export async function readSaid(
  ownerId: string,
  model: ClipModel | null,
  words: string,
): Promise<Map<string, boolean>> {
  const asked = words.toLowerCase().replace(ARTICLE, "");
  if (asked === "") return new Map();
  const vocabulary = model ? await vocabularyOf(model) : [];
  const known = vocabulary.find(({ en, zh }) => en.toLowerCase() === asked || zh === asked);
  const name = known?.en.toLowerCase() ?? asked;
  const narrower = vocabulary.filter(({ within }) => within === known?.en).map(({ en }) => en.toLowerCase());
  const said = await findSaid(ownerId, [name]);
  if (known) for (const [id, isSo] of await findSaid(ownerId, narrower)) if (isSo) said.set(id, true);
  return said;
}
