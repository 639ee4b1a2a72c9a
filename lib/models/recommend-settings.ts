import { stat } from "node:fs/promises";
import path from "node:path";
import type { PredictionType } from "../engine/layouts/scheduler-config";
import { type ModelDefaults, readModelDefaults } from "../inference/model-defaults";
import { isOfShippedFamily, type ModelFile } from "../inference/model-files";
import type { RecommendedSettings } from "../inference/recommended-settings";
import { type CatalogueModel, catalogue, findInCatalogue } from "./catalogue";
import { readRecord } from "./model-record";

/** As its makers draw with it, and what its UNet predicts where its file does not say so. */
export interface ModelManner extends ModelDefaults {
  readonly prediction: PredictionType | null;
}

/** What LCM-LoRAs are called by everybody who trains them. */
const LCM_NAME = /(^|[^a-z])lcm([^a-z]|$)/i;
const ENDING = /\.safetensors$/i;

/**
 * How a checkpoint is drawn with where nobody says otherwise: as its own files say, else as the catalogue does.
 * @throws EngineError those of `readModelDefaults`
 */
export async function recommendSettings(model: ModelFile): Promise<ModelManner> {
  const own = await readOnce(model.path);
  const { prediction = null, ...known } = (await entryOf("checkpoint", model))?.recommended ?? {};
  return { ...own, settings: { ...known, ...own.settings }, prediction };
}

/** By path and time: large files have long headers, and every page with a form asks for them. */
const read = new Map<string, Promise<ModelDefaults>>();
const MOST_READ = 200;

/** Folders are read each time: what lies in them changes without a trace on the folder itself. */
async function readOnce(file: string): Promise<ModelDefaults> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return readModelDefaults(file);
  const key = `${file}\n${found.mtimeMs}\n${found.size}`;
  const asked = read.get(key) ?? readModelDefaults(file);
  if (read.size >= MOST_READ) read.clear();
  read.set(key, asked);
  asked.catch(() => read.delete(key));
  return asked;
}

/** What a LoRA asks of the drawing that it is used in; null for those that are content with any. */
export async function recommendForLora(lora: ModelFile): Promise<RecommendedSettings | null> {
  const entry = await entryOf("lora", lora);
  if (entry) return entry.recommended ?? null;
  const isLcm = LCM_NAME.test(path.posix.basename(lora.name)) || LCM_NAME.test(path.basename(lora.path));
  return isLcm ? (findInCatalogue("lcm-lora-sd15")?.recommended ?? null) : null;
}

/**
 * The catalogue's entry of an installed model: by the record that its download left, by its bytes where it was imported,
 * else, where it was put there by hand, by the name that its host gave the file.
 */
async function entryOf(
  kind: CatalogueModel["kind"],
  { path: file }: ModelFile,
): Promise<CatalogueModel | null> {
  if (isOfShippedFamily(file)) return null;
  const record = await readRecord(file);
  if (record?.catalogueId) return findInCatalogue(record.catalogueId);
  const hashes = new Set(record?.files.map(({ sha256 }) => sha256));
  const name = path.basename(file).replace(ENDING, "").toLowerCase();
  const ofKind = catalogue().models.filter((each) => each.kind === kind);
  return (
    ofKind.find((each) => hashesOf(each).some((hash) => hashes.has(hash))) ??
    ofKind.find((each) => namesOf(each).includes(name)) ??
    null
  );
}

const hashesOf = ({ source }: CatalogueModel): string[] =>
  source.from === "huggingface" ? source.files.flatMap(({ sha256 }) => sha256 ?? []) : [];

/** What its file is called at its host, unless that says nothing, and what it is called once installed. */
function namesOf({ id, saveAs, source }: CatalogueModel): string[] {
  const weights = source.from === "huggingface" ? source.files.filter(({ path: at }) => ENDING.test(at)) : [];
  const hosted = saveAs === undefined ? weights.map(({ path: at }) => path.posix.basename(at)) : [saveAs];
  return [id, ...hosted.map((name) => name.replace(ENDING, "").toLowerCase())];
}
