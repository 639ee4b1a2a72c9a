import type { z } from "zod";
import { CHARACTER_ALBUM, characterAlbumInput } from "./character-album/character-album.job";
import { REDRAW_PAGES, redrawPagesInput } from "./character-album/redraw-pages.job";
import { PORTRAIT, portraitInput } from "./portrait/portrait.job";
import { PRODUCT, productInput } from "./product/product.job";
import { QR_ART, qrArtInput } from "./qr-art/qr-art.job";
import { QR_PICTURE, qrPictureInput } from "./qr-picture/qr-picture.job";
import { TEXT_TO_IMAGE, textToImageInput } from "./text-to-image/text-to-image.job";
import { UPSCALE, upscaleInput } from "./upscale/upscale.job";

/** What people can have made, by the scenario's id, and what each is told; safe anywhere. */
export const scenarioInputs = {
  [QR_PICTURE]: qrPictureInput,
  [QR_ART]: qrArtInput,
  [PORTRAIT]: portraitInput,
  [PRODUCT]: productInput,
  [TEXT_TO_IMAGE]: textToImageInput,
  [CHARACTER_ALBUM]: characterAlbumInput,
  [REDRAW_PAGES]: redrawPagesInput,
  [UPSCALE]: upscaleInput,
} as const satisfies Record<string, z.ZodType>;

export type ScenarioName = keyof typeof scenarioInputs;
export const SCENARIO_NAMES = Object.keys(scenarioInputs) as [ScenarioName, ...ScenarioName[]];

/** What is asked of a scenario, before defaults. */
export type ScenarioInput<N extends ScenarioName> = z.input<(typeof scenarioInputs)[N]>;
