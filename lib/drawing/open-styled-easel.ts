import type { Picture } from "../engine/picture";
import { SHIPPED_FAMILY } from "../inference/model-files";
import type { DrawingOptions } from "./drawing.input";
import type { PictureStyle } from "./drawing-style.input";
import { finishDrawing } from "./finish-drawing";
import { type Easel, openEasel } from "./open-easel";

/**
 * An easel that draws in a style, whose words the wish's prompt has already (`styledPrompt`): the style's own network goes
 * with the model that ships alone, its negative words with every other one, and what it does to colours with all.
 * @throws those of `openEasel`
 */
export async function openStyledEasel(
  options: DrawingOptions,
  style: Pick<PictureStyle, "lora" | "negative" | "finish"> | null,
  ownerId: string | null = null,
): Promise<Easel> {
  const easel = await openEasel(await styledOptions(options, style, ownerId), ownerId);
  const finish = style?.finish;
  if (!finish) return easel;
  return {
    ...easel,
    async draw(wish, tools) {
      const drawn = await easel.draw(wish, tools);
      const finished = (picture: Picture) => finishDrawing(picture, finish, wish.init !== undefined);
      const unfinished = { picture: drawn.picture, finish: finished };
      return { ...drawn, picture: finished(drawn.picture), unfinished };
    },
  };
}

async function styledOptions(
  options: DrawingOptions,
  style: Pick<PictureStyle, "lora" | "negative"> | null,
  ownerId: string | null,
): Promise<DrawingOptions> {
  if (!style) return options;
  const { model } = await openEasel(options, ownerId);
  // The one that ships was taught no such words.
  if (model.name === SHIPPED_FAMILY)
    return style.lora ? { ...options, loras: [...options.loras, style.lora] } : options;
  return { ...options, negativePrompt: [options.negativePrompt, style.negative].filter(Boolean).join(", ") };
}
