import { UUID } from "@/lib/db/uuid";
import { annotatorFor } from "@/lib/drawing/annotator-for";
import { CONTROL_ANNOTATORS, type ControlChoice } from "@/lib/drawing/control.input";
import { SCHEDULES } from "@/lib/drawing/drawing.input";
import type { DrawingStyle } from "@/lib/drawing/drawing-style.input";
import {
  type CheckpointChoice,
  type LoraChoice,
  listDrawingModels,
  type ModelChoice,
} from "@/lib/drawing/list-drawing-models";
import { listHeldTraits } from "@/lib/drawing/list-held-traits";
import { type LoraView, listLoraCards } from "@/lib/drawing/list-lora-cards";
import type { NameList } from "@/lib/drawing/name-lists.input";
import { embeddingWord } from "@/lib/drawing/named-embeddings";
import type { PhotoTrait } from "@/lib/drawing/photo-trait.input";
import { PICTURE_STYLES } from "@/lib/drawing/picture-styles.input";
import { isModelAnnotatorName } from "@/lib/engine/annotators/annotate";
import { type SamplerName, type ScheduleName, samplers } from "@/lib/engine/schedulers/registry";
import type { Locale } from "@/lib/errors";
import { findAnnotatorModel } from "@/lib/inference/annotator-models";
import { SCENE_SETS } from "./character-album/scene-sets";
import { PORTRAIT_STYLES } from "./portrait/portrait-styles.input";
import { PRODUCT_SIZES } from "./product/product-sizes.input";
import { listSamples } from "./qr-picture/list-samples";

/** A name that inputs take, and what it is called for people. */
interface Choice {
  readonly id: string;
  readonly title: string;
}

/** Every name that somebody's inputs may have, by what it names. */
export interface Choices extends Record<NameList, readonly { readonly id: string }[]> {
  /** What is drawn with where nobody chooses; null where there is nothing at all. */
  readonly usual: string | null;
  readonly models: readonly (CheckpointChoice & { readonly holds: readonly PhotoTrait[] })[];
  readonly loras: readonly KnownLora[];
  readonly vaes: readonly ModelChoice[];
  readonly controlnets: readonly (ModelChoice & { readonly annotator: ControlChoice["annotator"] })[];
  readonly annotators: readonly { readonly id: ControlChoice["annotator"]; readonly isHere: boolean }[];
  readonly embeddings: readonly (ModelChoice & { readonly word: string })[];
  readonly upscalers: readonly ModelChoice[];
  readonly samplers: readonly (Choice & {
    readonly id: SamplerName;
    readonly schedules: readonly ScheduleName[];
  })[];
  readonly schedules: readonly { readonly id: ScheduleName }[];
  readonly styles: readonly StyleChoice[];
  readonly portraitStyles: readonly StyleChoice[];
  readonly sceneSets: readonly (Choice & { readonly count: number })[];
  readonly productSizes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly samples: readonly Choice[];
}

interface KnownLora extends LoraChoice, Pick<LoraView, "draws" | "isOwn"> {}

interface StyleChoice extends Choice {
  /** What is drawn with besides, where the model that ships is drawn with; null where it is words alone. */
  readonly lora: string | null;
}

/**
 * What may be named in scenarios' inputs here, with what it goes with.
 * @param ownerId whose own LoRAs are among it; nobody else's are.
 */
export async function listChoices(ownerId: string, locale: Locale): Promise<Choices> {
  const [drawing, cards, held, annotators, samples] = await Promise.all([
    listDrawingModels(ownerId),
    listLoraCards(ownerId),
    listHeldTraits(),
    Promise.all(CONTROL_ANNOTATORS.map(async (id) => ({ id, isHere: await isAnnotatorHere(id) }))),
    listSamples(),
  ]);
  const { usual, checkpoints, loras, vaes, controlnets, embeddings, upscalers } = drawing;
  const titled = (choices: readonly DrawingStyle[]): StyleChoice[] =>
    choices.map(({ name, title, lora }) => ({ id: name, title: title[locale], lora: lora?.name ?? null }));
  return {
    usual,
    models: checkpoints.map((model) => ({ ...model, holds: held[model.id] ?? [] })),
    loras: loras.map((lora) => withCard(lora, cards, locale)),
    ...{ vaes, upscalers, annotators },
    controlnets: controlnets.map((net) => ({ ...net, annotator: annotatorFor(net.id) })),
    embeddings: embeddings.map((one) => ({ ...one, word: embeddingWord(one.id) })),
    samplers: Object.entries(samplers).map(([id, { label, schedules }]) => ({
      ...{ id: id as SamplerName, title: label, schedules },
    })),
    schedules: SCHEDULES.map((id) => ({ id })),
    ...{ styles: titled(PICTURE_STYLES), portraitStyles: titled(PORTRAIT_STYLES) },
    sceneSets: Object.entries(SCENE_SETS).map(([id, set]) => ({
      ...{ id, title: set[locale], count: set.scenes.length },
    })),
    productSizes: Object.entries(PRODUCT_SIZES).map(([id, size]) => ({ id, ...size })),
    samples: samples.map(({ name, alt }) => ({ id: name, title: alt[locale] })),
  };
}

function withCard(lora: LoraChoice, cards: readonly LoraView[], locale: Locale): KnownLora {
  const card = cards.find(({ name }) => name === lora.id);
  const title = card?.title?.[locale] ?? lora.title;
  return { ...lora, title, draws: card?.draws ?? null, isOwn: UUID.test(lora.id) };
}

/** Those that are networks are here where a model of theirs is. */
async function isAnnotatorHere(name: ControlChoice["annotator"]): Promise<boolean> {
  if (!isModelAnnotatorName(name)) return true;
  return findAnnotatorModel(name).then(
    () => true,
    () => false,
  );
}
