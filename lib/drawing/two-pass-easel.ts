import type { Picture } from "../engine/picture";
import type { GenerateProgress } from "../inference/tasks";
import { requireModel } from "../models/require-model";
import { companionUpscaler, growTo } from "./enlarge";
import type { Hires } from "./hires.input";
import type { Drawn, Easel, EaselTools } from "./open-easel";
import { planSecondPass } from "./second-pass";

/**
 * An easel that draws everything twice: as large as the model composes best, then over what was enlarged of that. How
 * large the second one became, which the model decides, is in the drawing's settings.
 * @throws EngineError weights_missing for an upscaler that is not there
 */
export async function twoPassEasel(easel: Easel, hires: Hires, ownerId: string): Promise<Easel> {
  const upscaler =
    hires.upscaler === null
      ? await companionUpscaler(easel)
      : await requireModel(ownerId, "upscaler", hires.upscaler);
  return {
    ...easel,
    async draw(wish, tools) {
      const count = countPasses(tools, hires);
      const first = await easel.draw(wish, count.first);
      const pass = planSecondPass(first.settings, hires, easel.side);
      if (!pass) return first;
      const { width, height, steps: exactSteps, strength, times } = pass;
      const picture = await growTo(plainOf(first), pass, upscaler?.path ?? null, tools.signal);
      const again = { ...wish, width, height, exactSteps, init: { picture, strength } };
      const second = strength === 0 ? picture : plainOf(await easel.draw(again, count.second));
      const settings = {
        ...first.settings,
        hires: { ...hires, times, upscaler: upscaler?.name ?? null },
      };
      return { ...finishedAs(first, second), settings, usedFiles: first.usedFiles };
    },
  };
}

/** Before a style finished it. */
const plainOf = ({ picture, unfinished }: Drawn): Picture => unfinished?.picture ?? picture;

/** The second pass is begun with a picture of the studio's own: what a style does depends on the first. */
function finishedAs({ unfinished }: Drawn, picture: Picture): Pick<Drawn, "picture" | "unfinished"> {
  if (!unfinished) return { picture };
  const { finish } = unfinished;
  return { picture: finish(picture), unfinished: { picture, finish } };
}

/** Tells the steps of both passes as those of one. */
function countPasses(
  { onProgress, ...tools }: EaselTools,
  { steps, strength }: Hires,
): { readonly first: EaselTools; readonly second: EaselTools } {
  if (!onProgress) return { first: tools, second: tools };
  let before = 0;
  const first = (progress: GenerateProgress) => {
    before = progress.of;
    const later = strength === 0 ? 0 : (steps ?? progress.of);
    onProgress({ ...progress, of: progress.of + later });
  };
  const second = (progress: GenerateProgress) =>
    onProgress({ ...progress, step: before + progress.step, of: before + progress.of });
  return { first: { ...tools, onProgress: first }, second: { ...tools, onProgress: second } };
}
