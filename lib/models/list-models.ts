import { listOwnLoraRows } from "../db/own-loras";
import { listModels as listFiles, type ModelKind } from "../inference/model-files";
import { describeModel, isInstalledHere, type ModelView } from "./describe-model";
import { MODEL_KINDS } from "./model-kinds";
import { describeOwnLora } from "./own-loras/describe-own-lora";

/**
 * What somebody can draw with: what ships, what is installed for everybody, and their own LoRAs, the own ones first. What
 * cannot be recognised is left out.
 * @param ownerId null for a first visit, which owns nothing.
 * @param kinds all by default.
 */
export async function listModels(
  ownerId: string | null,
  kinds: readonly ModelKind[] = MODEL_KINDS,
): Promise<ModelView[]> {
  const own = ownerId !== null && kinds.includes("lora") ? await listOwnLoraRows(ownerId) : [];
  return [...own.map(describeOwnLora), ...(await listShared(kinds))];
}

/** What everybody here can draw with. */
export async function listShared(kinds: readonly ModelKind[]): Promise<ModelView[]> {
  return (await Promise.all(kinds.map(listOfKind))).flat();
}

async function listOfKind(kind: ModelKind): Promise<ModelView[]> {
  const files = await listFiles(kind);
  // What ships as a part of a pipeline is no autoencoder to choose.
  const chosen = kind === "vae" ? files.filter(({ path }) => isInstalledHere(kind, path)) : files;
  const views = await Promise.all(chosen.map((file) => describeModel(kind, file)));
  return views.filter((view) => view !== null);
}
