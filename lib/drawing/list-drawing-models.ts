import { type Companions, readCompanions } from "../inference/model-defaults";
import { defaultCheckpoint, findModel, listModels as listFiles } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import type { RecommendedSettings } from "../inference/recommended-settings";
import type { ModelView } from "../models/describe-model";
import { listModels } from "../models/list-models";
import { recommendForLora, recommendSettings } from "../models/recommend-settings";
import { findCodeControl } from "./code-control";
import { findChoice } from "./find-choice";
import { lineNetFor } from "./line-nets";
import { listLoraCards } from "./list-lora-cards";

/** What a drawing can be made with. */
export interface DrawingModels {
  readonly checkpoints: readonly CheckpointChoice[];
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  /** One's own first. */
  readonly loras: readonly LoraChoice[];
  /** In place of a checkpoint's own. */
  readonly vaes: readonly ModelChoice[];
  readonly controlnets: readonly ModelChoice[];
  /** Called by `id`'s last part in a prompt. */
  readonly embeddings: readonly ModelChoice[];
  readonly upscalers: readonly ModelChoice[];
}

export interface ModelChoice {
  /** As `drawingOptions` names it. */
  readonly id: string;
  /** Of a checkpoint, or of those that it goes with; null where that leaves no trace, or does not matter. */
  readonly family: ModelFamily | null;
  /** For people. */
  readonly title: string;
}

export interface CheckpointChoice extends ModelChoice {
  /** What it is drawn with where nobody says otherwise, as far as its makers say. */
  readonly settings: RecommendedSettings;
  /** Whether a ControlNet for codes goes with it: without one, codes from words cannot be drawn. */
  readonly canDrawCodes: boolean;
  /** Whether there is a ControlNet that keeps its drawings to the lines of a picture. */
  readonly followsLines: boolean;
}

export interface LoraChoice extends ModelChoice {
  /** What calls it up, in the prompt. */
  readonly triggerWords: readonly string[];
  /** What drawings are drawn with that have it, in place of the checkpoint's own; null where it asks for nothing. */
  readonly settings: RecommendedSettings | null;
  /** That its makers recommend. */
  readonly weight: number;
}

/** What is installed, with an owner's own LoRAs; null for a first visit, which owns nothing. */
export async function listDrawingModels(ownerId: string | null): Promise<DrawingModels> {
  const [models, usual, cards, checkpoints, networks] = await Promise.all([
    listModels(ownerId, KINDS),
    // An operator's choice that is gone is told to whoever draws, not by every page.
    defaultCheckpoint().catch(() => null),
    listLoraCards(ownerId),
    pathsOf("checkpoint"),
    pathsOf("lora"),
  ]);
  const weights = new Map(cards.map(({ name, weight }) => [name, weight]));
  const of = (wanted: (typeof KINDS)[number]) => models.filter(({ kind }) => kind === wanted);
  const choices = (wanted: (typeof KINDS)[number]): ModelChoice[] =>
    of(wanted).map(({ id, family, title }) => ({ id, family, title }));
  const nets = choices("controlnet");
  return {
    checkpoints: await Promise.all(
      choices("checkpoint").map((one) => checkpointChoice(one, checkpoints.get(one.id), nets)),
    ),
    usual: usual?.name ?? null,
    loras: await Promise.all(
      of("lora").map((view) => loraChoice(view, networks.get(view.id), weights.get(view.id) ?? 1)),
    ),
    ...{ vaes: choices("vae"), controlnets: nets, embeddings: choices("embedding") },
    upscalers: choices("upscaler"),
  };
}

const KINDS = ["checkpoint", "lora", "vae", "controlnet", "embedding", "upscaler"] as const;

const pathsOf = async (kind: "checkpoint" | "lora"): Promise<ReadonlyMap<string, string>> =>
  new Map((await listFiles(kind)).map(({ name, path }) => [name, path]));

/** @param path undefined where it was taken away meanwhile. */
async function checkpointChoice(
  one: ModelChoice,
  path: string | undefined,
  nets: readonly ModelChoice[],
): Promise<CheckpointChoice> {
  const followsLines = await canFollowLines(one, nets);
  try {
    const model = { name: one.id, path: path ?? (await findModel(one.id, "checkpoint")) };
    const { settings, companions } = await recommendSettings(model);
    const canDrawCodes = (await findCodeControl({ model, companions })) !== null;
    return { ...one, followsLines, settings, canDrawCodes };
  } catch {
    // One that is damaged is told to whoever draws with it, not by every page.
    return { ...one, followsLines, settings: {}, canDrawCodes: true };
  }
}

async function canFollowLines(one: ModelChoice, nets: readonly ModelChoice[]): Promise<boolean> {
  if (lineNetFor(nets, one.family)) return true;
  // A recommendation that cannot be read is told when it is drawn with.
  const { line } = await findModel(one.id, "checkpoint")
    .then(readCompanions)
    .catch((): Companions => ({}));
  return line !== undefined && findChoice(nets, line.control) !== undefined;
}

/** @param path of one's own there is none here: its title says what it is. */
async function loraChoice(
  { id, title, family, triggerWords }: ModelView,
  path: string | undefined,
  weight: number,
): Promise<LoraChoice> {
  const settings = await recommendForLora({ name: path === undefined ? title : id, path: path ?? title });
  return { id, title, family, triggerWords, settings, weight };
}
