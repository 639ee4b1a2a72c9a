import { defaultCheckpoint, findModel, listModels as listFiles } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import type { RecommendedSettings } from "../inference/recommended-settings";
import type { ModelView } from "../models/describe-model";
import { listModels } from "../models/list-models";
import { recommendForLora, recommendSettings } from "../models/recommend-settings";
import { findCodeControl } from "./code-control";

/** What a drawing can be made with. */
export interface DrawingModels {
  readonly checkpoints: readonly CheckpointChoice[];
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  /** One's own first. */
  readonly loras: readonly LoraChoice[];
}

export interface CheckpointChoice {
  /** As `drawingOptions` names it. */
  readonly id: string;
  readonly family: ModelFamily | null;
  /** What it is drawn with where nobody says otherwise, as far as its makers say. */
  readonly settings: RecommendedSettings;
  /** Whether a ControlNet for codes goes with it: without one, codes from words cannot be drawn. */
  readonly canDrawCodes: boolean;
}

export interface LoraChoice {
  /** As the prompt and `drawingOptions` name it. */
  readonly id: string;
  /** Of the checkpoints that it goes with; null where it does not say. */
  readonly family: ModelFamily | null;
  readonly title: string;
  /** What calls it up, in the prompt. */
  readonly triggerWords: readonly string[];
  /** What drawings are drawn with that have it, in place of the checkpoint's own; null where it asks for nothing. */
  readonly settings: RecommendedSettings | null;
}

/** What is installed, with an owner's own LoRAs; null for a first visit, which owns nothing. */
export async function listDrawingModels(ownerId: string | null): Promise<DrawingModels> {
  const [checkpoints, loras, usual] = await Promise.all([
    listModels(ownerId, ["checkpoint"]),
    listModels(ownerId, ["lora"]),
    // An operator's choice that is gone is told to whoever draws, not by every page.
    defaultCheckpoint().catch(() => null),
  ]);
  const [models, networks] = await Promise.all([pathsOf("checkpoint"), pathsOf("lora")]);
  return {
    checkpoints: await Promise.all(checkpoints.map((view) => checkpointChoice(view, models.get(view.id)))),
    loras: await Promise.all(loras.map((view) => loraChoice(view, networks.get(view.id)))),
    usual: usual?.name ?? null,
  };
}

const pathsOf = async (kind: "checkpoint" | "lora"): Promise<ReadonlyMap<string, string>> =>
  new Map((await listFiles(kind)).map(({ name, path }) => [name, path]));

/** @param path undefined where it was taken away meanwhile. */
async function checkpointChoice(
  { id, family }: ModelView,
  path: string | undefined,
): Promise<CheckpointChoice> {
  try {
    const model = { name: id, path: path ?? (await findModel(id, "checkpoint")) };
    const { settings, companions } = await recommendSettings(model);
    return { id, family, settings, canDrawCodes: (await findCodeControl({ model, companions })) !== null };
  } catch {
    // One that is damaged is told to whoever draws with it, not by every page.
    return { id, family, settings: {}, canDrawCodes: true };
  }
}

/** @param path of one's own there is none here: its title says what it is. */
async function loraChoice(
  { id, title, family, triggerWords }: ModelView,
  path: string | undefined,
): Promise<LoraChoice> {
  const settings = await recommendForLora({ name: path === undefined ? title : id, path: path ?? title });
  return { id, title, family, triggerWords, settings };
}
