import { setImmediate } from "node:timers/promises";
import { EngineError } from "../engine/engine-error";
import { openUpscalerFile } from "../engine/layouts/open-upscaler";
import { openUpscaler, type Upscaler } from "../engine/pipelines/upscale";
import { measureWeights } from "./host-measure";
import type { ModelType } from "./host-models";
import type { TaskTools } from "./host-task";
import type { UpscaleInput, UpscaleOutput, UpscaleProgress } from "./tasks";

/** Of the result: as numbers it takes twelve bytes a pixel, more than twice over while tiles are put together. */
const MOST_PIXELS = 8192 * 8192;

const upscalerType: ModelType<Pick<UpscaleInput, "model">, Upscaler> = {
  name: "upscaler",
  async measure({ model }) {
    const { weights } = await openUpscalerFile(model);
    return {
      ...(await measureWeights([weights])),
      open: (device) => openUpscaler(model, device),
    };
  },
};

/**
 * Enlarges a picture.
 * @throws EngineError size_invalid where the result would be too large · the signal's reason
 */
export async function upscale(
  { model, picture }: UpscaleInput,
  { models, signal, onProgress }: TaskTools<UpscaleProgress>,
): Promise<UpscaleOutput | "restart"> {
  const begun = performance.now();
  const upscaler = await models.use(upscalerType, { model });
  if (upscaler === "restart") return "restart";
  const loaded = performance.now();
  const [width, height] = [picture.width * upscaler.scale, picture.height * upscaler.scale];
  if (width * height > MOST_PIXELS)
    throw new EngineError("size_invalid", `${width} × ${height} pixels are too many`, {
      ...{ got: `${width} × ${height}`, limit: "8192 × 8192" },
    });
  const enlarged = await upscaler.upscale(picture, {
    // A network's call blocks this thread: between two of them messages are let through, and with them the signal.
    async check() {
      await setImmediate();
      signal.throwIfAborted();
    },
    onTile: (tile, of) => onProgress({ tile, of }),
  });
  return {
    picture: enlarged,
    scale: upscaler.scale,
    timesMs: { load: loaded - begun, draw: performance.now() - loaded },
  };
}
