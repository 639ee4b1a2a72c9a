import path from "node:path";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { listModels } from "../inference/model-files";
import { recogniseModel } from "../inference/recognise-model";
import type { EmbeddingInput } from "../inference/tasks";

/** The word that stands for an embedding in prompts: its file's name, without folders. */
export const embeddingWord = (name: string): string => path.posix.basename(name);

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a prompt says a word by itself, in either case, as A1111 looks for embeddings. */
const says = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(word)}(?![\\p{L}\\p{N}_])`, "iu").test(text);

/**
 * The installed textual inversions that texts call by their names and that go with a model. A word that stands for one of
 * another kind of model is a word.
 * @param model absolute path of the checkpoint. @throws those of `openCheckpoint`
 */
export async function namedEmbeddings(model: string, texts: readonly string[]): Promise<EmbeddingInput[]> {
  const installed = await listModels("embedding");
  const called = installed.filter(({ name }) => texts.some((text) => says(text, embeddingWord(name))));
  if (called.length === 0) return [];
  const { textEncoder, textEncoder2 } = await openCheckpoint(model);
  const wanted = textEncoder2 === null ? textEncoder?.config.hidden_size : null;
  const found: EmbeddingInput[] = [];
  for (const { name, path: file } of called) {
    // What is damaged is told by whoever looks after the models; a prompt is drawn without it.
    const seen = await recogniseModel(file).catch(() => null);
    if (seen?.kind !== "embedding") continue;
    const fits =
      wanted === null ? seen.family === "sdxl" : seen.family !== "sdxl" && seen.facts.width === wanted;
    if (fits && !found.some((other) => other.name === embeddingWord(name)))
      found.push({ name: embeddingWord(name), path: file });
  }
  return found;
}
