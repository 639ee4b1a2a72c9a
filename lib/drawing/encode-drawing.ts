import { writePictureParameters } from "../engine/parameters/picture-parameters";
import { encodePng } from "./encode-png";
import type { Enlarged } from "./enlarge";
import type { Drawn } from "./open-easel";
import { toParameters } from "./picture-parameters";

/**
 * A drawing's PNG, with the settings in its text that restore it, as A1111 writes them.
 * @param others names and values of what else there is to say.
 */
export async function encodeDrawing(
  drawn: Drawn,
  { picture, scale, upscaler }: Enlarged,
  others: readonly (readonly [string, string])[] = [],
): Promise<Buffer> {
  const [png, files] = await Promise.all([encodePng(picture), drawn.usedFiles()]);
  const more =
    upscaler === null
      ? others
      : [
          ...others,
          ["Postprocess upscaler", upscaler] as const,
          ["Postprocess upscale by", `${scale}`] as const,
        ];
  return Buffer.from(writePictureParameters(png, toParameters(drawn.settings, files, more)));
}
