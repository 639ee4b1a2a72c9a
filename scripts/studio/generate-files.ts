import { access, constants } from "node:fs/promises";
import path from "node:path";
import type { Sharp } from "sharp";
import type { Picture } from "@/lib/engine/picture";
import { AppError } from "@/lib/errors";
import { type ModelKind, resolveModel } from "@/lib/inference/model-files";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { inspectPicture } from "@/lib/pictures/inspect-picture";
import { readInput } from "./files";
import { nameOfFile } from "./generate-arguments";

/**
 * A picture's file as RGB, oriented, on paper of a colour where it is transparent.
 * @param resize makes it smaller or larger on the way.
 */
export async function readPicture(
  file: string,
  options: { paper?: string; resize?: (decoded: Sharp) => Sharp | Promise<Sharp> } = {},
): Promise<Picture> {
  const bytes = await readInput(file);
  await inspectPicture(bytes);
  return decodeRgb(bytes, options);
}

/** To a size, whatever the shape was. */
export const stretchTo =
  ({ width, height }: { width: number; height: number }) =>
  (decoded: Sharp): Sharp =>
    decoded.resize(width, height, { fit: "fill" });

/** @throws AppError file_unwritable before hours of work, rather than after them. */
export async function assertWritable(file: string): Promise<void> {
  // The dot makes sure that it is a folder.
  const folder = `${path.dirname(path.resolve(file))}${path.sep}.`;
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new AppError("file_unwritable", { cause, details: { file } });
  });
}

/** A model's file or folder. */
export interface FoundFile {
  /** What people call it: without folder and ending. */
  readonly name: string;
  readonly path: string;
}

/** @throws EngineError weights_missing with the nearest names. */
export async function findFile(nameOrPath: string, kind: ModelKind): Promise<FoundFile> {
  const found = await resolveModel(nameOrPath, kind);
  return { name: nameOfFile(found), path: found };
}
