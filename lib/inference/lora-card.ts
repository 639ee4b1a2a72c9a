import { readFile } from "node:fs/promises";
import { z } from "zod";
import { triggerWords } from "../engine/layouts/trigger-words";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import type { ModelFile } from "./model-files";

/** What is kept beside a LoRA: what it answers to, how strongly, and who or what it draws. */
export interface LoraCard {
  /** What a prompt has to say for it to work; null where neither card nor file knows. */
  readonly trigger: string | null;
  /** That its makers recommend. */
  readonly weight: number;
  /** A character of its own, or a way of drawing; null where nobody says. */
  readonly draws: "character" | "style" | null;
  /** What people call it, where it has a name for them. */
  readonly title: { readonly en: string; readonly zh: string } | null;
}

const MOST_TRIGGER_CHARACTERS = 200;

/** A1111's card; `studio` is ours. Anyone's to write: what makes no sense is not there. */
const card = z.object({
  "activation text": z.string().trim().min(1).max(MOST_TRIGGER_CHARACTERS).nullable().catch(null),
  "preferred weight": z.number().min(-2).max(2).nullable().catch(null),
  studio: z
    .object({
      draws: z.enum(["character", "style"]),
      title: z.object({ en: z.string().min(1).max(60), zh: z.string().min(1).max(60) }),
    })
    .nullable()
    .catch(null),
});

/** The file beside a model: its preview, its card. @param ending ".json" */
export const besideModel = ({ path }: Pick<ModelFile, "path">, ending: string): string =>
  path.replace(/\.safetensors$/i, "") + ending;

/**
 * What a LoRA says of itself: the card that A1111 keeps beside it ("activation text", "preferred weight"), else its file's
 * own metadata: ModelSpec's trigger phrase, or the most frequent of kohya's training tags.
 * @throws EngineError as openSafetensors.
 */
export async function readLoraCard(lora: ModelFile): Promise<LoraCard> {
  const text = await readFile(besideModel(lora, ".json"), "utf8").catch(() => "null");
  const kept = card.safeParse(parse(text)).data;
  const [first] = kept?.["activation text"] ? [] : await wordsInside(lora);
  // 0 in A1111's cards says that nothing was chosen.
  const weight = kept?.["preferred weight"] || 1;
  return {
    trigger: kept?.["activation text"] ?? first ?? null,
    weight,
    draws: kept?.studio?.draws ?? null,
    title: kept?.studio?.title ?? null,
  };
}

async function wordsInside({ path }: ModelFile): Promise<string[]> {
  const { metadata } = await openSafetensors(path);
  return triggerWords(metadata).map((word) => word.slice(0, MOST_TRIGGER_CHARACTERS));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
