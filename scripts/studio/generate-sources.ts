import { type DrawingSettings, nearestSide } from "@/lib/drawing/drawing-settings";
import { sizeLike } from "@/lib/drawing/drawing-size";
import { cutForPart, type Rest, restOf } from "@/lib/drawing/keep-rest";
import { isModelAnnotatorName } from "@/lib/engine/annotators/annotate";
import type { Picture } from "@/lib/engine/picture";
import { findAnnotatorModel } from "@/lib/inference/annotator-models";
import type { ControlInput } from "@/lib/inference/tasks";
import { type FoundFile, findFile, readPicture, stretchTo } from "./generate-files";
import type { DrawingOrder } from "./generate-options";

/** The pictures that an order is drawn from, as the model sees them. */
export interface Sources {
  readonly init: Picture | null;
  readonly mask: Picture | null;
  readonly controls: readonly OpenedControl[];
  /** That is drawn. */
  readonly size: Size;
  /** Where only what is painted is drawn: the picture that it goes back into. */
  readonly rest: Rest | null;
}

interface OpenedControl {
  readonly input: ControlInput;
  readonly file: FoundFile;
}

type Size = Pick<DrawingSettings, "width" | "height">;

/** A picture that is begun with is drawn in its own size up to this many times the model's. */
const MOST_FREE = 1.5;

/** @throws AppError mask_empty, those of `readPicture` · EngineError weights_missing */
export async function openSources(order: DrawingOrder): Promise<Sources> {
  const { side, isSizeFree, settings } = order;
  const controls = await openControls(order);
  const init = order.init === null ? null : await readPicture(order.init);
  // Black, and so kept, where it is transparent; over the picture whatever its own size is.
  const mask =
    order.mask === null || !init
      ? null
      : await readPicture(order.mask, { paper: "#000000", resize: stretchTo(init) });
  if (init && mask && order.inpaintArea === "masked") {
    const own = restOf(init, mask, side);
    const size = sizeLike(own.part.region, side);
    // Its own size, where a picture's text says it, is no other shape: the picture comes out as it did.
    const isOwn = isSizeFree || (size.width === settings.width && size.height === settings.height);
    if (isOwn) return { ...(await cutAll(own, size, controls)), size, rest: own };
    const rest = restOf(init, mask, side, settings);
    return { ...(await cutAll(rest, settings, controls)), size: settings, rest };
  }
  const size = init && isSizeFree ? sizeFor(init, MOST_FREE * side) : settings;
  return { init, mask, controls, size, rest: null };
}

async function cutAll(rest: Rest, size: Size, controls: readonly OpenedControl[]) {
  const {
    init,
    mask,
    controls: inputs,
  } = await cutForPart(
    rest,
    size,
    controls.map(({ input }) => input),
  );
  return { init, mask, controls: inputs.map((input, i) => ({ input, file: controls[i]!.file })) };
}

async function openControls({ controls, annotatorModels }: DrawingOrder): Promise<OpenedControl[]> {
  const opened: OpenedControl[] = [];
  for (const { model, picture, ...rest } of controls) {
    const file = await findFile(model, "controlnet");
    const network = isModelAnnotatorName(rest.annotator) && {
      annotatorModel: await findAnnotatorModel(rest.annotator, annotatorModels),
    };
    const input = { ...rest, ...network, model: file.path, picture: await readPicture(picture) };
    opened.push({ file, input });
  }
  return opened;
}

/** A picture's own size, or less, in the proportions that latents allow. */
function sizeFor({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: nearestSide(width * scale), height: nearestSide(height * scale) };
}
