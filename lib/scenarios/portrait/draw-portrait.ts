import { nearestSide } from "@/lib/drawing/drawing-settings";
import { styledPrompt } from "@/lib/drawing/drawing-style.input";
import { type Enlarged, enlarge } from "@/lib/drawing/enlarge";
import { type LivePreview, watched } from "@/lib/drawing/live-preview";
import { presetWords } from "@/lib/drawing/negative-presets";
import type { Drawn, Easel } from "@/lib/drawing/open-easel";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { photoControl } from "@/lib/drawing/photo-control";
import type { PhotoTrait } from "@/lib/drawing/photo-trait.input";
import type { Picture } from "@/lib/engine/picture";
import { AppError } from "@/lib/errors";
import type { ControlInput } from "@/lib/inference/tasks";
import { before, plainPicture } from "@/lib/photos/matte";
import { blurPicture, flattenPicture, resizePicture } from "@/lib/photos/resize-picture";
import { detailFace } from "./detail-face";
import { inkOver, paintLook } from "./paint-look";
import type { PortraitInput } from "./portrait.job";
import { type PortraitRecipe, portraitRecipe, SMALL_SIDE_PX } from "./portrait-recipe";
import { type PortraitStyle, portraitStyle } from "./portrait-styles.input";
import type { PreparedPhoto } from "./prepare-photo";

/** One portrait to be drawn; the sheet's are many of these. */
export type PortraitWish = Omit<PortraitInput, "photo" | "crop" | "sheet" | "seed" | "language"> & {
  seed: number;
};

export interface Portrait {
  readonly drawn: Drawn;
  readonly enlarged: Enlarged;
}

export interface PortraitTools {
  /** Whose own LoRAs may be used; null: nobody's. */
  readonly ownerId: string | null;
  readonly signal: AbortSignal;
  /** 0 … 1 */
  readonly onProgress: (part: number) => void;
  /** Sees the portrait as it is drawn. */
  readonly preview?: LivePreview;
}

/** A face takes some room: small models draw a little larger than they were taught. */
const STRETCH = 1.25;
/** Fewer leave a small model's short way no room for degrees. */
const STEPS = 8;
/** In parts of the side. */
const BLUR = 14 / 512;
/** Where nobody chose: soft edges keep a likeness and leave a style its lines. */
const SUITABLE: readonly PhotoTrait[] = ["edges", "lines", "light"];
/** Nets for light and dark were taught with little else: at full weight they leave a photo. */
const LIGHTER: Readonly<Record<PhotoTrait, number>> = { lines: 1, edges: 1, light: 0.5 };
/** What large models are known to get wrong. */
const FAULTS = presetWords("hands", "faces", "blurry");

/** Draws whoever is in the photo in a style, before the background that was asked for. */
export async function drawPortrait(
  prepared: PreparedPhoto,
  wish: PortraitWish,
  { ownerId, signal, onProgress, preview }: PortraitTools,
): Promise<Portrait> {
  const style = portraitStyle(wish.style);
  const easel = await openStyledEasel(
    wish,
    { lora: style.lora, negative: `${style.negative}, ${FAULTS}`, finish: null },
    ownerId,
  );
  const isSmall = easel.side < SMALL_SIDE_PX;
  const recipe = portraitRecipe(easel.side, wish.strength, wish.likeness);
  const tools = { easel, wish, signal };
  const backdrop = await backdropOf(prepared, style, tools);
  const scene =
    backdrop && prepared.matte ? before(prepared.photo, prepared.matte, backdrop) : prepared.photo;
  const source = paintLook(isSmall ? await flattenPicture(scene) : scene, style.look, recipe.look);
  const side = nearestSide(isSmall ? easel.side * STRETCH : easel.side);
  const draw = async (from: Picture, denoise: number): Promise<Drawn> =>
    easel.draw(
      {
        prompt: styledPrompt(style, wish.who ?? "a person"),
        ...{ seed: wish.seed, width: side, height: side, ...(isSmall && { steps: STEPS }) },
        init: { picture: from, strength: denoise },
        controls: await controlsOf(easel, from, wish.hold, recipe),
      },
      { signal, ...watched(preview, ({ step, of }) => onProgress((0.6 * step) / of)) },
    );
  const drawn = await draw(source, recipe.denoise);
  const large = await enlarge(easel, drawn.picture, signal);
  onProgress(0.7);
  let finished = await resizePicture(large.picture, source.width, source.height);
  if (wish.detail) finished = await detailFace(finished, source, prepared.face, { draw, side, recipe });
  onProgress(0.9);
  finished = restoreGround(finished, prepared, wish, backdrop);
  if (recipe.ink > 0) finished = inkOver(finished, prepared.lines, style.ink, recipe.ink);
  return { drawn, enlarged: { ...large, picture: finished } };
}

/** What holds the photo; without any ControlNet that fits, the photo that is begun with does. */
async function controlsOf(
  easel: Easel,
  from: Picture,
  hold: PhotoTrait | null,
  { holdWeight, colourWeight }: PortraitRecipe,
): Promise<ControlInput[]> {
  const controls: ControlInput[] = [];
  for (const trait of hold ? [hold] : SUITABLE) {
    if (holdWeight === 0 || controls.length > 0) break;
    const control = await photoControl(easel, from, trait, holdWeight * LIGHTER[trait]);
    if (control) controls.push(control);
    else if (hold) throw new AppError("weights_missing", { details: { file: `ControlNet (${hold})` } });
  }
  const colours = colourWeight > 0 ? await photoControl(easel, from, "colours", colourWeight) : null;
  return colours ? [...controls, colours] : controls;
}

interface BackdropTools {
  readonly easel: Easel;
  readonly wish: PortraitWish;
  readonly signal: AbortSignal;
}

/** What is put behind before anything is drawn, so that it is drawn together; null where it is kept. */
async function backdropOf(
  { photo }: PreparedPhoto,
  { paper }: PortraitStyle,
  { easel, wish: { background, seed }, signal }: BackdropTools,
): Promise<Picture | null> {
  switch (background.kind) {
    case "keep":
      return null;
    case "blur":
      return blurPicture(photo, BLUR * photo.width);
    case "colour":
      return plainPicture(photo.width, photo.height, background.colour ?? paper);
    case "prompt": {
      const { side } = easel;
      const wish = { prompt: background.prompt, seed, width: side, height: side };
      const { picture } = await easel.draw(wish, { signal });
      return resizePicture((await enlarge(easel, picture, signal)).picture, photo.width, photo.height);
    }
  }
}

/** A colour that was asked for is that colour, whatever the model made of it. */
function restoreGround(
  finished: Picture,
  { matte }: PreparedPhoto,
  { background }: PortraitWish,
  backdrop: Picture | null,
): Picture {
  const isChosen = background.kind === "colour" && background.colour !== null;
  return isChosen && matte && backdrop ? before(finished, matte, backdrop) : finished;
}
