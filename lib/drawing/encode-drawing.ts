import { writePictureParameters } from "../engine/parameters/picture-parameters";
import { encodePng } from "./encode-png";
import type { Enlarged } from "./enlarge";
import type { Drawn } from "./open-easel";
import { toParameters } from "./picture-parameters";

/** A drawing's PNG, with the settings in its text that restore it, as A1111 writes them. */
export async function encodeDrawing(drawn: Drawn, { picture, scale, upscaler }: Enlarged): Promise<Buffer> {
  const [png, files] = await Promise.all([encodePng(picture), drawn.usedFiles()]);
  const more: [string, string][] =
    upscaler === null
      ? []
      : [
          ["Postprocess upscaler", upscaler],
          ["Postprocess upscale by", `${scale}`],
        ];
  return Buffer.from(writePictureParameters(png, toParameters(drawn.settings, files, more)));
}
