import { readPictureParameters } from "../engine/parameters/picture-parameters";
import { readOriginal } from "../pictures/read-picture-file";
import { type DrawingOptions, drawingOptions } from "./drawing.input";
import { fromParameters } from "./picture-parameters";

/** What a picture's own text says of how it was drawn, as far as it can be asked for here. */
export interface RestoredDrawing {
  readonly prompt: string;
  readonly options: DrawingOptions;
}

/**
 * Reads the settings that a picture carries, as A1111 and this studio write them.
 * @returns null for a picture that says nothing of the kind.
 * @throws AppError not_found · file_missing
 */
export async function restoreDrawing(ownerId: string, id: string): Promise<RestoredDrawing | null> {
  const parameters = await readPictureParameters(await (await readOriginal(ownerId, id)).read());
  if (!parameters) return null;
  const { settings, model } = fromParameters(parameters);
  const { prompt = "", negativePrompt, steps, sampler, guidance, clipSkip, seed } = settings;
  // Field by field: what another program wrote may be out of bounds here.
  const said = { negativePrompt, steps, sampler, guidance, clipSkip, seed, model: model?.name };
  const kept = Object.entries(said).filter(
    ([name, value]) =>
      value !== undefined && drawingOptions.shape[name as keyof DrawingOptions].safeParse(value).success,
  );
  return { prompt, options: drawingOptions.parse(Object.fromEntries(kept)) };
}
