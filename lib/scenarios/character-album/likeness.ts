import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Picture, picture } from "@/lib/engine/picture";
import { toAppError } from "@/lib/errors";
import { infer } from "@/lib/inference/client";
import { besideModel } from "@/lib/inference/lora-card";
import { listModels } from "@/lib/inference/model-files";
import { log } from "@/lib/log";
import { requireModel } from "@/lib/models/require-model";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { readOriginal } from "@/lib/pictures/read-picture-file";
import { currentClip } from "@/lib/search/clip-model";

/** Beside a character's LoRA: four pictures of it in one, in different places. */
const REFERENCES = ".references.png";

/** A character as it should look. */
interface Known {
  /** Absolute path of its LoRA. */
  readonly file: string;
  readonly references: readonly Picture[];
}

/**
 * In how many of these pictures of the owner's CLIP sees the character that was asked for, rather than another one.
 * @returns null where that says nothing: fewer than two characters are known by references, or this is none of them.
 */
export async function countRecognised(
  ownerId: string,
  character: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const pictures: Picture[] = [];
    for (const id of ids) pictures.push(await decodeRgb(await (await readOriginal(ownerId, id)).read()));
    const likeness = await measureLikeness(
      (await requireModel(ownerId, "lora", character)).path,
      pictures,
      signal,
    );
    return likeness?.filter((isNearest) => isNearest).length ?? null;
  } catch (error) {
    // The album is there; this only looks at it.
    if (signal.aborted) throw error;
    log("scenarios").warn({ err: error, code: toAppError(error).code }, "an album's likeness is not known");
    return null;
  }
}

/**
 * Of each picture, whether it is nearer to the references of this character than to those of any other.
 * @param file the LoRA's absolute path. @returns null as above.
 */
export async function measureLikeness(
  file: string,
  pictures: readonly Picture[],
  signal: AbortSignal,
): Promise<boolean[] | null> {
  const known = await knownCharacters();
  const own = known.findIndex((each) => each.file === file);
  const clip = await currentClip();
  if (known.length < 2 || own < 0 || !clip) return null;
  const shown = known.flatMap(({ references }) => references);
  const input = { model: clip.path, texts: [], pictures: [...shown, ...pictures] };
  const vectors = [...(await infer("embed", input, { signal })).pictures];
  const middles = known.map(({ references }) => middleOf(vectors.splice(0, references.length)));
  return vectors.map((vector) => {
    const near = middles.map((middle) => dot(vector, middle));
    return near.indexOf(Math.max(...near)) === own;
  });
}

async function knownCharacters(): Promise<Known[]> {
  const known: Known[] = [];
  for (const lora of await listModels("lora")) {
    const sheet = besideModel(lora, REFERENCES);
    if (existsSync(sheet))
      known.push({ file: lora.path, references: quarters(await decodeRgb(await readFile(sheet))) });
  }
  return known;
}

function quarters(sheet: Picture): Picture[] {
  const [width, height] = [sheet.width >> 1, sheet.height >> 1];
  return [0, 1, 2, 3].map((i) => {
    const [left, top] = [(i & 1) * width, (i >> 1) * height];
    const part = picture(width, height);
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * sheet.width + left) * 3;
      part.data.set(sheet.data.subarray(from, from + width * 3), y * width * 3);
    }
    return part;
  });
}

/** The direction between vectors of length 1, of length 1 itself: sums of cosines are compared fairly. */
function middleOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = vectors[0]!.map((_, i) => vectors.reduce((total, vector) => total + vector[i]!, 0));
  const length = Math.sqrt(dot(sum, sum));
  return sum.map((value) => value / length);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
