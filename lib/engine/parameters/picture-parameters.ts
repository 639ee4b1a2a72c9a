import { readUserComment } from "./exif-text";
import type { GenerationParameters } from "./generation-parameters";
import { isPng } from "./png-chunks";
import { readPngText, writePngText } from "./png-text";
import { readParameters } from "./read-parameters";
import { type WritableParameters, writeParameters } from "./write-parameters";

/** The keyword that A1111, and everyone after it, looks under. */
const KEYWORD = "parameters";

/**
 * A PNG that says how it was made; pixels are not touched.
 * @throws EngineError parameters_damaged for what is no whole PNG, setting_invalid as `writeParameters`.
 */
export const writePictureParameters = (png: Uint8Array, parameters: WritableParameters): Uint8Array =>
  writePngText(png, KEYWORD, writeParameters(parameters));

/**
 * How a picture says it was made: PNG text, or the EXIF comment of a JPEG or WebP; null where it says nothing.
 * @throws EngineError parameters_damaged for a damaged picture, or a text of more than 1 MB.
 */
export async function readPictureParameters(file: Uint8Array): Promise<GenerationParameters | null> {
  const text = await textOf(file);
  return text === null ? null : readParameters(text);
}

/**
 * A PNG that says of itself what another picture says, to the letter; as it was where that one says nothing.
 * @throws EngineError parameters_damaged, of either.
 */
export async function copyPictureParameters(from: Uint8Array, png: Uint8Array): Promise<Uint8Array> {
  const text = await textOf(from);
  return text === null ? png : writePngText(png, KEYWORD, text);
}

const textOf = async (file: Uint8Array): Promise<string | null> =>
  isPng(file) ? readPngText(file, KEYWORD) : readUserComment(file);
