import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors";
import { installFolder, type ModelKind } from "../inference/model-files";
import { type ModelFacts, readModelFacts } from "../inference/read-model-facts";
import { jobEvents } from "../jobs/job-events";
import { type ModelRecord, readRecord, recordPath } from "./model-record";
import { requireUsable } from "./require-usable";
import { rethrowNaming } from "./rethrow-naming";

/** A model that is there as a whole, but not installed yet. */
export interface StagedModel {
  /** Absolute: a .safetensors file or a folder, on the file system of MODELS_DIR. */
  readonly path: string;
  /** What it will be called. */
  readonly name: string;
  /** Null where whatever it is may be installed. */
  readonly kind: ModelKind | null;
  readonly record: Pick<ModelRecord, "catalogueId" | "source" | "licence" | "files" | "triggerWords">;
}

export interface Installed {
  readonly kind: ModelKind;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly facts: ModelFacts;
}

/**
 * Looks whether it is what it should be, by its headers, and only then gives it its name among the models.
 * @throws AppError model_present, those of `requireUsable`; EngineErrors of `readModelFacts` for what is none
 */
export async function installModel(staged: StagedModel): Promise<Installed> {
  const { name } = staged;
  const facts = await readModelFacts(staged.path).catch((error: unknown) =>
    rethrowNaming(error, path.basename(staged.path)),
  );
  const kind = requireUsable(name, facts, staged.kind);
  const target = modelPath(kind, name, facts.layout);
  await refusePresent(kind, name, facts.layout);
  await mkdir(path.dirname(target), { recursive: true });
  const record: ModelRecord = {
    ...staged.record,
    triggerWords: [...(facts.triggerWords.length > 0 ? facts.triggerWords : staged.record.triggerWords)],
    ...{ what: facts.what, family: facts.family, layout: facts.layout },
    installedAt: new Date().toISOString(),
  };
  // First what it is, then itself: a model without its record would be one that nobody knows the origin of.
  await writeSynced(recordPath(target), JSON.stringify(record, null, 2));
  try {
    await rename(staged.path, target);
  } catch (error) {
    await rm(recordPath(target), { force: true });
    throw error;
  }
  await syncFolder(path.dirname(target));
  // What pictures are seen with may be another one now.
  if (kind === "clip") jobEvents().emit("picture");
  return { kind, name, path: target, facts };
}

/** @throws AppError `code` where a model of that name is here */
export async function refusePresent(
  kind: ModelKind,
  name: string,
  layout: "file" | "folder",
  code: "model_present" | "model_name_taken" = "model_present",
): Promise<void> {
  if (await isThere(modelPath(kind, name, layout))) throw new AppError(code, { details: { name } });
}

/** Where a model of that name lies or will lie. Absolute. */
const modelPath = (kind: ModelKind, name: string, layout: "file" | "folder"): string =>
  path.join(installFolder(kind), layout === "folder" ? name : `${name}.safetensors`);

/** What is known of the model of that name; null where there is none, or nothing is known of it. */
export const readInstalledRecord = async (
  kind: ModelKind,
  name: string,
  layout: "file" | "folder",
): Promise<ModelRecord | null> => {
  const file = modelPath(kind, name, layout);
  return (await isThere(file)) ? readRecord(file) : null;
};

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function writeSynced(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, text, { flush: true });
  await rename(draft, file);
}

/** Flushes a folder's list of names; Windows, which cannot open folders, journals them itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
