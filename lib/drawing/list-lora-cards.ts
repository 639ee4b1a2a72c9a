import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { AppError } from "../errors";
import { besideModel, type LoraCard, readLoraCard } from "../inference/lora-card";
import { findModel, listModels } from "../inference/model-files";

/** An installed LoRA, as screens show it. */
export interface LoraView extends Pick<LoraCard, "draws" | "title" | "weight"> {
  readonly name: string;
  readonly hasPreview: boolean;
}

/** Where A1111 and others keep what a model draws. */
const PREVIEWS = [".preview.png", ".png", ".preview.jpg", ".jpg", ".preview.jpeg", ".webp"];
const SIDE_PX = 320;

const previewOf = (path: string): string | undefined =>
  PREVIEWS.map((ending) => besideModel({ path }, ending)).find((file) => existsSync(file));

/** Every LoRA with what its card says; one that cannot be opened is left out, whoever asks for it by name is told why. */
export async function listLoraCards(): Promise<LoraView[]> {
  const views = (await listModels("lora")).map(async ({ name, path }): Promise<LoraView | null> => {
    const card = await readLoraCard({ name, path }).catch(() => null);
    if (!card) return null;
    const { draws, title, weight } = card;
    return { name, draws, title, weight, hasPreview: previewOf(path) !== undefined };
  });
  return (await Promise.all(views)).flatMap((view) => view ?? []);
}

/**
 * A small WebP of what a LoRA draws.
 * @param name as `findModel` knows it: never a path.
 * @throws AppError not_found where there is no such LoRA, or it has no preview that can be opened.
 */
export async function loraPreview(name: string): Promise<Buffer> {
  const file = await findModel(name, "lora").then(previewOf, () => undefined);
  if (!file) throw new AppError("not_found");
  const size = { width: SIDE_PX, height: SIDE_PX, fit: "cover" } as const;
  return readFile(file)
    .then((bytes) => sharp(bytes).resize(size).webp({ quality: 82 }).toBuffer())
    .catch((cause: unknown) => {
      throw new AppError("not_found", { cause });
    });
}
