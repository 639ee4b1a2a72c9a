import { drawingSize } from "@/lib/drawing/drawing-size";
import { type Easel, openEasel } from "@/lib/drawing/open-easel";
import { type LoraCard, readLoraCard } from "@/lib/inference/lora-card";
import { findModel, isOfShippedFamily, SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { requireModel } from "@/lib/models/require-model";
import type { CharacterAlbumInput } from "./character-album.job";
import { SCENE_SETS, type Scene, type SceneSet } from "./scene-sets";

/** One picture of an album, to be drawn. */
export interface AlbumPage {
  readonly title: string;
  /** What was asked for without who and how: it makes this page again. */
  readonly scene: string;
  readonly prompt: string;
  readonly seed: number;
  /** Pixels, multiples of 8. */
  readonly width: number;
  readonly height: number;
}

export interface AlbumPlan {
  readonly easel: Easel;
  readonly title: string;
  readonly pages: readonly AlbumPage[];
}

/** Put on in turn: neither list's length divides the other's nor a set's, so that a scene's second round looks different. */
const CLOTHES = [
  ...["a red t-shirt", "a yellow hoodie", "a blue striped shirt", "a green sweater"],
  ...["an orange shirt with a collar", "navy overalls", "a pink hoodie", "a white t-shirt"],
];
const MOODS = ["smiling", "laughing", "calm", "smiling", "winking"];

const itemAt = <T>(list: readonly T[], i: number): T => list[i % list.length]!;

/**
 * Finds who and what is drawn with, and says what each page shows.
 * @param seed of the first page; the next ones count up.
 * @param ownerId whose own LoRAs may be used besides those that everybody has; null: nobody's.
 * @throws EngineError weights_missing for a LoRA or a model that is not there; those of `openEasel` and `readLoraCard`
 */
export async function planAlbum(
  input: CharacterAlbumInput,
  seed: number,
  ownerId: string | null,
): Promise<AlbumPlan> {
  const { character, style, about, aspect, count } = input;
  const who = await openLora(character, ownerId);
  const how = style && (await openLora(style, ownerId));
  // Who ships with a model of ours is drawn with it, whatever else is installed.
  const model = input.model ?? (isOfShippedFamily(who.file) ? SHIPPED_FAMILY : null);
  const loras = [who, ...(how ? [how] : []), ...input.loras].map(({ name, weight }) => ({ name, weight }));
  const easel = await openEasel({ ...input, model, loras }, ownerId);
  const size = drawingSize(aspect, easel.side);
  const name = nameOf(who, input.language);
  const scenes = scenesOf(input);
  const pages = Array.from({ length: count }, (_, i): AlbumPage => {
    const scene = itemAt(scenes, i)(i);
    return {
      title: `${name} · ${scene[input.language]}`,
      scene: scene.prompt,
      // A style's words come first, as they did when it was taught.
      prompt: [how?.card.trigger, who.card.trigger, about, scene.prompt].filter(Boolean).join(", "),
      seed: (seed + i) >>> 0,
      ...size,
    };
  });
  return { easel, title: input.title || titleOf(name, input), pages };
}

interface OpenedLora {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly weight: number;
  /** Absolute. */
  readonly file: string;
  readonly card: LoraCard;
}

async function openLora(
  { name, weight }: CharacterAlbumInput["character"],
  ownerId: string | null,
): Promise<OpenedLora> {
  const found =
    ownerId === null
      ? { name, path: await findModel(name, "lora") }
      : await requireModel(ownerId, "lora", name);
  const card = await readLoraCard(found);
  const title = found.name.replace(/^.*\//, "");
  return { name, title, file: found.path, card, weight: weight ?? card.weight };
}

const nameOf = ({ title, card }: OpenedLora, language: "en" | "zh"): string =>
  card.title?.[language] ?? title;

function titleOf(name: string, { scenes, language }: CharacterAlbumInput): string {
  if ("set" in scenes) return `${name} · ${SCENE_SETS[scenes.set][language]}`;
  return language === "zh" ? `${name}的相册` : `${name}’s album`;
}

/** Each says what the picture at a place shows. */
function scenesOf({ scenes }: CharacterAlbumInput): ((i: number) => Scene)[] {
  if ("written" in scenes) return scenes.written.map((line) => () => ({ prompt: line, en: line, zh: line }));
  const set: SceneSet = SCENE_SETS[scenes.set];
  return set.scenes.map((scene) => (i) => {
    const worn = set.dresses ? [`wearing ${itemAt(CLOTHES, i)}`] : [];
    return { ...scene, prompt: [itemAt(MOODS, i), ...worn, scene.prompt].join(", ") };
  });
}
