import { type Companions, readCompanions } from "../inference/model-defaults";
import { defaultCheckpoint, findModel } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import { listModels } from "../models/list-models";
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
  /** Whether there is a ControlNet that keeps its drawings to the lines of a picture. */
  readonly followsLines: boolean;
}

export interface LoraChoice extends ModelChoice {
  /** What calls it up, in the prompt. */
  readonly triggerWords: readonly string[];
  /** That its makers recommend. */
  readonly weight: number;
}

/** What is installed, with an owner's own LoRAs; null for a first visit, which owns nothing. */
export async function listDrawingModels(ownerId: string | null): Promise<DrawingModels> {
  const [models, usual, cards] = await Promise.all([
    listModels(ownerId, KINDS),
    defaultCheckpoint(),
    listLoraCards(ownerId),
  ]);
  const weights = new Map(cards.map(({ name, weight }) => [name, weight]));
  const of = (wanted: (typeof KINDS)[number]): ModelChoice[] =>
    models.flatMap(({ kind, id, family, title }) => (kind === wanted ? [{ id, family, title }] : []));
  return {
    checkpoints: await Promise.all(of("checkpoint").map((one) => withLines(one, of("controlnet")))),
    usual: usual?.name ?? null,
    loras: models
      .filter(({ kind }) => kind === "lora")
      .map(({ id, title, family, triggerWords }) => ({
        ...{ id, title, family, triggerWords },
        weight: weights.get(id) ?? 1,
      })),
    ...{ vaes: of("vae"), controlnets: of("controlnet"), embeddings: of("embedding") },
    upscalers: of("upscaler"),
  };
}

async function withLines(one: ModelChoice, nets: readonly ModelChoice[]): Promise<CheckpointChoice> {
  if (lineNetFor(nets, one.family)) return { ...one, followsLines: true };
  // A recommendation that cannot be read is told when it is drawn with.
  const { line } = await findModel(one.id, "checkpoint")
    .then(readCompanions)
    .catch((): Companions => ({}));
  return { ...one, followsLines: line !== undefined && findChoice(nets, line.control) !== undefined };
}

const KINDS = ["checkpoint", "lora", "vae", "controlnet", "embedding", "upscaler"] as const;
