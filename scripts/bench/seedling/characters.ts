import path from "node:path";
import type { Picture } from "@/lib/engine/picture";
import { drawAll, promptOf } from "./drawing";
import { drawWorld } from "./drawings";
import type { Judge } from "./judge";
import type { Manner } from "./manner";
import { largest } from "./measures";
import { writeSheet } from "./sheet";

/** The characters that LoRAs ship for. */
export const CHARACTERS = ["Momo", "Kai", "Luna", "Bruno"] as const;
const QUESTION = "character.name.en";
const SEED = 9;

export interface CharacterQuality {
  readonly name: string;
  readonly pictures: number;
  /** Different places among them, plain grounds counting as one. */
  readonly places: number;
  /** Pictures in which the judge sees this character rather than one of the others. */
  readonly told: number;
}

/** Whether a character's LoRA draws that character, wherever it is and whatever it wears. */
export async function measureCharacters(
  family: string,
  judge: Judge,
  { folder, manner, count }: { folder: string; manner: Manner; count: number },
): Promise<CharacterQuality[]> {
  const classes = judge.questions.find(({ name }) => name === QUESTION)?.classes ?? [];
  const results: CharacterQuality[] = [];
  const shown: Picture[] = [];
  for (const name of CHARACTERS) {
    const at = path.join(folder, `${name}-${manner.width}`);
    const drawings = await drawWorld(at, { size: manner.width, count, split: "train", seed: SEED, name });
    const file = path.join(family, "loras", `${name.toLowerCase()}.safetensors`);
    const loras = [{ path: file, unetWeight: 1, textEncoderWeight: 1 }];
    const pictures = await drawAll(family, drawings.map(promptOf), manner, { loras });
    const judged = await judge.judge(pictures);
    const told = judged.filter(({ logits }) => classes[largest(logits[QUESTION]!)] === name).length;
    const places = new Set(drawings.map(({ record }) => placeOf(record)));
    results.push({ name, pictures: count, places: places.size, told: told / count });
    shown.push(...pictures.slice(0, 12));
  }
  await writeSheet(path.join(folder, "characters.png"), shown, 12);
  return results;
}

function placeOf(record: Readonly<Record<string, unknown>>): string {
  const background = record.background as { scene?: { name: string } } | undefined;
  return background?.scene?.name ?? "plain";
}
