import path from "node:path";
import { parseNetworks } from "../engine/prompt/parse-networks";
import type { EmbeddingInput } from "../inference/tasks";
import { hashFile } from "./hash-file";
import type { UsedControl, UsedFile, UsedFiles } from "./picture-parameters";

/** A1111's lengths of a hash, in digits. */
const MODEL_DIGITS = 10;
const NETWORK_DIGITS = 12;

const nameOf = (file: string): string => path.basename(file).replace(/\.safetensors$/i, "");

/** By path: large files take seconds to be read, so once in a process's life is enough. */
const hashes = new Map<string, Promise<string | null>>();

async function used(file: string, digits: number, part?: "tensors"): Promise<UsedFile> {
  const hash = hashes.get(file) ?? hashFile(file, part);
  hashes.set(file, hash);
  hash.catch(() => hashes.delete(file));
  return { name: nameOf(file), hash: (await hash)?.slice(0, digits) ?? null };
}

/** What a drawing was made with, by absolute paths. */
export interface FilesBehind {
  readonly model: string;
  /** In place of the model's own. */
  readonly vae: string | null;
  /** With its networks, and where each was found. */
  readonly prompt: string;
  readonly findLora: (name: string) => Promise<string>;
  readonly embeddings: readonly EmbeddingInput[];
  readonly controls: readonly (Omit<UsedControl, "model"> & { readonly model: string })[];
  readonly init: string | null;
  readonly mask: string | null;
  readonly prediction: UsedFiles["prediction"];
}

/** What a picture's text says of the files behind it. */
export async function usedFilesOf({
  model,
  vae,
  prompt,
  findLora,
  embeddings,
  controls,
  ...told
}: FilesBehind): Promise<UsedFiles> {
  const names = [...new Set(parseNetworks(prompt).networks.map(({ name }) => name))];
  return {
    model: await used(model, MODEL_DIGITS),
    vae: vae === null ? null : await used(vae, MODEL_DIGITS),
    loras: await Promise.all(
      names.map(async (name) => {
        const { hash } = await used(await findLora(name), NETWORK_DIGITS, "tensors");
        return { name, hash: hash ?? "" };
      }),
    ),
    embeddings: await Promise.all(
      embeddings.map(async ({ name, path: file }) => ({
        ...{ name, hash: (await used(file, NETWORK_DIGITS)).hash ?? "" },
      })),
    ),
    controls: await Promise.all(
      controls.map(async ({ annotator, weight, from, to, guess, model: file }) => ({
        ...{ annotator, weight, from, to, guess, model: await used(file, MODEL_DIGITS) },
      })),
    ),
    ...told,
  };
}
