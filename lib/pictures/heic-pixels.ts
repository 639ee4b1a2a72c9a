import { AppError } from "../errors";
import { MAX_PICTURE_PIXELS } from "./picture-limits";

/** Eight bits a channel, RGBA, rows from the top, the right way up. */
export interface HeicPixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * Decodes a HEIC photo. Slow, some seconds for a phone's, and it blocks its thread: `decodePicture` sends it to another.
 * @throws AppError picture_unreadable
 * @source libheif and libde265 as WebAssembly; sharp comes without HEVC.
 */
export async function heicPixels(bytes: Uint8Array): Promise<HeicPixels> {
  const { default: libheif } = await import("libheif-js/wasm-bundle.js");
  const images = new libheif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw new AppError("picture_unreadable");
    const [width, height] = [image.get_width(), image.get_height()];
    if (!(width * height > 0) || width * height > MAX_PICTURE_PIXELS)
      throw new AppError("picture_unreadable");
    const data = new Uint8ClampedArray(width * height * 4);
    return await new Promise<HeicPixels>((resolve, reject) =>
      image.display({ data, width, height }, (filled) =>
        filled ? resolve(filled) : reject(new AppError("picture_unreadable")),
      ),
    );
  } finally {
    for (const image of images) image.free();
  }
}
