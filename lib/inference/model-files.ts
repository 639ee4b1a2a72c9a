import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../engine/engine-error";
import { nearestNames } from "../engine/safetensors/require-weight";
import { env } from "../env";

/** The kinds of models that people install, and the folders that A1111 and ComfyUI users know. */
export type ModelKind = keyof typeof FOLDERS;
const FOLDERS = {
  checkpoint: "checkpoints",
  controlnet: "controlnet",
  lora: "loras",
  vae: "vae",
  embedding: "embeddings",
  upscaler: "upscalers",
  annotator: "annotators",
  clip: "clip",
  detector: "detectors",
} as const;

export interface ModelFile {
  /** Within its kind's folder, with "/" between folders and without `.safetensors`. */
  readonly name: string;
  /** Absolute: a .safetensors file, or a folder in diffusers' layout. */
  readonly path: string;
}

/** People sort their models into folders, but not deeper than this. */
const DEPTH = 4;
const ENDING = ".safetensors";

const shipped = (): string => path.resolve(/* turbopackIgnore: true */ "models");

/** The family that ships with the project: a pipeline, and in its own folders all that goes with it. */
export const SHIPPED_FAMILY = "seedling";

/** Where models of a kind are installed. Absolute. */
export const installFolder = (kind: ModelKind): string => path.join(env().MODELS_DIR, FOLDERS[kind]);

/** Whether a file, by its absolute path, is a part of that family. */
export const isOfShippedFamily = (file: string): boolean =>
  file.startsWith(path.join(shipped(), SHIPPED_FAMILY) + path.sep);

/** Folders with models of a kind, people's own first. */
const foldersOf = (kind: ModelKind): string[] => [
  installFolder(kind),
  ...[shipped(), path.join(shipped(), SHIPPED_FAMILY)].map((root) => path.join(root, FOLDERS[kind])),
];

/**
 * A model by its path, or by its name as `findModel` knows it. For people at a terminal: paths lead anywhere.
 * @throws EngineError weights_missing with the `nearest` names.
 */
export async function resolveModel(nameOrPath: string, kind: ModelKind): Promise<string> {
  const asPath = path.resolve(/* turbopackIgnore: true */ nameOrPath);
  return nameOrPath !== "" && existsSync(asPath) ? asPath : findModel(nameOrPath, kind);
}

/**
 * A model by its name: with or without `.safetensors`, with or without the folders it is in, in either case.
 * @returns an absolute path.
 * @throws EngineError weights_missing with the `nearest` names.
 */
export const findModel = async (name: string, kind: ModelKind): Promise<string> =>
  (await findFile(name, kind)).path;

async function findFile(name: string, kind: ModelKind): Promise<ModelFile> {
  const models = await listModels(kind);
  const plain = (text: string) => text.toLowerCase().replace(/\.safetensors$/, "");
  const wanted = plain(name.replaceAll("\\", "/"));
  const found =
    models.find((model) => plain(model.name) === wanted) ??
    models.find((model) => plain(path.posix.basename(model.name)) === wanted);
  if (found) return found;
  const nearest = nearestNames(
    models.map((model) => model.name),
    name,
  ).join(", ");
  throw new EngineError("weights_missing", `no ${kind} is called ${name}`, {
    ...{ file: name, kind, ...(nearest && { nearest }) },
  });
}

/** What is installed of a kind, by name. Of two with one name the first folder's counts. */
export async function listModels(kind: ModelKind): Promise<ModelFile[]> {
  const byName = new Map<string, ModelFile>();
  const add = (models: readonly ModelFile[]) => {
    for (const model of models) if (!byName.has(model.name)) byName.set(model.name, model);
  };
  for (const folder of foldersOf(kind)) add(await modelsIn(folder, "", DEPTH));
  if (kind === "checkpoint") add(await shippedPipelines());
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * What is drawn with where nobody says: the operator's DEFAULT_MODEL, else the one that ships. Any other is somebody's
 * choice: one that was installed for its own sake does not become everybody's.
 * @throws EngineError weights_missing for a DEFAULT_MODEL that is not there.
 */
export async function defaultCheckpoint(): Promise<ModelFile | null> {
  const asked = env().DEFAULT_MODEL;
  if (asked) return findFile(asked, "checkpoint");
  const models = await listModels("checkpoint");
  return models.find(({ name }) => name === SHIPPED_FAMILY) ?? models[0] ?? null;
}

async function shippedPipelines(): Promise<ModelFile[]> {
  const folder = path.join(shipped(), SHIPPED_FAMILY);
  return (await isModelFolder(folder)) ? [{ name: SHIPPED_FAMILY, path: folder }] : [];
}

async function modelsIn(folder: string, prefix: string, depth: number): Promise<ModelFile[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const models: ModelFile[] = [];
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isDirectory() || (entry.isSymbolicLink() && !entry.name.endsWith(ENDING))) {
      if (await isModelFolder(at)) models.push({ name, path: at });
      else if (depth > 1) models.push(...(await modelsIn(at, `${name}/`, depth - 1)));
    } else if (entry.name.endsWith(ENDING)) models.push({ name: name.slice(0, -ENDING.length), path: at });
  }
  return models;
}

/** A pipeline in diffusers' layout, or one part of one. */
async function isModelFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes("model_index.json") || names.includes("config.json");
}
