import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { listOwnLoraRows } from "../db/own-loras";
import { AppError } from "../errors";
import { besideModel, type LoraCard, readLoraCard } from "../inference/lora-card";
import { findModel, listModels, type ModelFile } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import { describeModel, type ModelView } from "../models/describe-model";
import { describeOwnLora } from "../models/own-loras/describe-own-lora";
import { ownLoraPath, ownPreviewPath } from "../models/own-loras/own-lora-path";

/** A LoRA that is installed, or one's own, as screens show it. */
export interface LoraView extends Pick<LoraCard, "draws" | "title" | "weight"> {
  /** What it is asked for by: its name, or the id of one's own. */
  readonly name: string;
  /** Of the checkpoints that it goes with; null where it does not say. */
  readonly family: ModelFamily | null;
  readonly hasPreview: boolean;
  /** One's own, whose preview is nobody else's. */
  readonly isOwn: boolean;
}

/** Where A1111 and others keep what a model draws. */
const PREVIEWS = [".preview.png", ".png", ".preview.jpg", ".jpg", ".preview.jpeg", ".webp"];
const SIDE_PX = 320;

const previewOf = (path: string): string | undefined =>
  PREVIEWS.map((ending) => besideModel({ path }, ending)).find((file) => existsSync(file));

/**
 * Every LoRA with what its card says, one's own first; one that cannot be opened is left out, whoever asks for it by name is
 * told why.
 * @param ownerId null for a first visit, which owns nothing.
 */
export async function listLoraCards(ownerId: string | null): Promise<LoraView[]> {
  const own = ownerId === null ? [] : await listOwnLoraRows(ownerId);
  const views = await Promise.all([
    ...own.map((row) => {
      const preview = [ownPreviewPath(row)].find((file) => existsSync(file));
      return viewOf({ name: row.id, path: ownLoraPath(row) }, describeOwnLora(row), preview);
    }),
    ...(await listModels("lora")).map(async (file) =>
      viewOf(file, await describeModel("lora", file), previewOf(file.path)),
    ),
  ]);
  return views.flatMap((view) => view ?? []);
}

/**
 * @param model what is known of the file; null where its header says nothing.
 * @param preview the file of what it draws.
 */
async function viewOf(
  file: ModelFile,
  model: ModelView | null,
  preview: string | undefined,
): Promise<LoraView | null> {
  const card = await readLoraCard(file).catch(() => null);
  if (!card) return null;
  const { draws, weight } = card;
  const own = model?.origin === "own" ? model : null;
  const title = card.title ?? (own && { en: own.title, zh: own.title });
  const family = model?.family ?? null;
  return { name: file.name, family, draws, title, weight, hasPreview: preview !== undefined, isOwn: !!own };
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
