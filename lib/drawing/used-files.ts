import path from "node:path";
import { parseNetworks } from "../engine/prompt/parse-networks";
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
  /** With its networks, and where each was found. */
  readonly prompt: string;
  readonly findLora: (name: string) => Promise<string>;
  readonly controls: readonly (Omit<UsedControl, "model"> & { readonly model: string })[];
  readonly init: string | null;
}

/** What a picture's text says of the files behind it. */
export async function usedFilesOf({
  model,
  prompt,
  findLora,
  controls,
  init,
}: FilesBehind): Promise<UsedFiles> {
  const names = [...new Set(parseNetworks(prompt).networks.map(({ name }) => name))];
  return {
    model: await used(model, MODEL_DIGITS),
    vae: null,
    loras: await Promise.all(
      names.map(async (name) => {
        const { hash } = await used(await findLora(name), NETWORK_DIGITS, "tensors");
        return { name, hash: hash ?? "" };
      }),
    ),
    embeddings: [],
    controls: await Promise.all(
      controls.map(async (control) => ({ ...control, model: await used(control.model, MODEL_DIGITS) })),
    ),
    ...{ init, mask: null },
  };
}
