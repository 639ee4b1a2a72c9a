import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "../env";
import { clipSide, listWholeClips } from "../inference/clip-models";
import { findModel, type ModelFile, SHIPPED_FAMILY } from "../inference/model-files";
import { readRecord } from "../models/model-record";

/** A model that pictures are seen with, and words are read with. */
export interface ClipModel {
  /**
   * Its file's name and what its vectors depend on in short, "seedling@0f3c…": other weights, another tokenizer or
   * another way of making pictures ready is another name.
   */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Pixels that it brings a picture's shorter side to. */
  readonly side: number;
}

/** The words that a model knows; its vectors do not depend on them. */
export const VOCABULARY = "vocabulary.json";
/** What it was taught of them, beside its weights; likewise. */
export const TAUGHT = "words.safetensors";

/** Raised when pictures are made ready for any model in another way. */
const RECIPE = 2;

/**
 * What new pictures are seen with: SEARCH_MODEL where it is set, else the one that people installed last, else the
 * one that ships.
 * @returns null where there is none.
 * @throws EngineError weights_missing for a SEARCH_MODEL that is not there.
 */
export async function currentClip(): Promise<ClipModel | null> {
  const asked = env().SEARCH_MODEL;
  if (asked) return describeClip(await findModel(asked, "clip"));
  const models = await listWholeClips();
  const chosen = (await newest(models.filter(({ name }) => name !== SHIPPED_FAMILY))) ?? models[0];
  return chosen ? describeClip(chosen.path) : null;
}

/** Of two of one age the first by name. */
async function newest(models: readonly ModelFile[]): Promise<ModelFile | undefined> {
  const times = await Promise.all(models.map(({ path }) => installedAt(path)));
  return models[times.indexOf(Math.max(...times))];
}

/** Of what hands put there nobody noted when: its folder or file says. Milliseconds. */
async function installedAt(model: string): Promise<number> {
  const record = await readRecord(model);
  return record ? Date.parse(record.installedAt) : (await stat(model)).mtimeMs;
}

/** The installed model whose vectors carry this name; null where it is gone or has changed. */
export async function clipNamed(name: string): Promise<ClipModel | null> {
  for (const model of await listWholeClips()) {
    const described = await describeClip(model.path);
    if (described.name === name) return described;
  }
  return null;
}

async function describeClip(model: string): Promise<ClipModel> {
  // What becomes part of SQL and of index names is kept plain.
  const plain = path
    .basename(model, ".safetensors")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 60);
  const hash = await fingerprint(model);
  return { name: `${plain || "clip"}@${hash}`, path: model, side: await sideOf(model, hash) };
}

/** By model and fingerprint. */
const sides = new Map<string, number>();

async function sideOf(model: string, hash: string): Promise<number> {
  const key = `${model}\n${hash}`;
  const side = sides.get(key) ?? (await clipSide(model));
  sides.set(key, side);
  return side;
}

/** By file: hashing gigabytes at every search would be slow, and files are replaced, not written into. */
const hashes = new Map<string, Promise<string>>();

/** Of all that says what a vector is: weights, configurations, tokenizer. */
async function fingerprint(model: string): Promise<string> {
  const isFolder = (await stat(model)).isDirectory();
  const folder = isFolder ? model : path.dirname(model);
  const counts = (name: string) =>
    (name.endsWith(".json") && name !== VOCABULARY) ||
    name === "merges.txt" ||
    (isFolder && name.endsWith(".safetensors") && name !== TAUGHT);
  const files = (await readdir(folder)).filter(counts);
  const all = [...files.sort(), ...(isFolder ? [] : [path.basename(model)])];
  const parts = await Promise.all(all.map(async (name) => [name, await hashOf(path.join(folder, name))]));
  return createHash("sha256")
    .update(JSON.stringify([RECIPE, parts]))
    .digest("hex")
    .slice(0, 12);
}

async function hashOf(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const key = `${file}\n${size}\n${mtimeMs}`;
  let hash = hashes.get(key);
  if (!hash) {
    hash = hashFile(file);
    hashes.set(key, hash);
    hash.catch(() => hashes.delete(key));
  }
  return hash;
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
