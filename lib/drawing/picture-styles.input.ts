import { z } from "zod";
import type { PictureStyle } from "./drawing-style.input";
import { listedIn } from "./name-lists.input";

/** Styles for pictures of anything, in the order in which they are shown; each was tried on the model that ships. */
export const PICTURE_STYLES = [
  {
    name: "outline",
    title: { en: "Bold outlines", zh: "粗线描边" },
    prompt: "bold outline drawing of {what}",
    promptZh: "{what}，粗线描边插画",
    negative: "photo, photorealistic, soft edges",
    ...{ lora: null, finish: null },
  },
  {
    name: "watercolour",
    title: { en: "Watercolour", zh: "水彩" },
    prompt: "watercolour painting of {what}",
    promptZh: "{what}，水彩风",
    negative: "photo, photorealistic, hard edges",
    ...{ lora: null, finish: null },
  },
  {
    name: "pixel",
    title: { en: "Pixel art", zh: "像素画" },
    prompt: "pixel art of {what}",
    promptZh: "{what}，像素风",
    negative: "photo, photorealistic, smooth",
    ...{ lora: null, finish: { kind: "pixels", across: 40, grout: null } },
  },
  {
    name: "mosaic",
    title: { en: "Mosaic", zh: "马赛克" },
    prompt: "{what}, mosaic style",
    promptZh: "{what}，mosaic style",
    negative: "photo, photorealistic",
    ...{ lora: { name: "mosaic", weight: 1 }, finish: { kind: "pixels", across: 25, grout: "#efe8d8" } },
  },
  {
    name: "pastel",
    title: { en: "Pastel", zh: "柔和粉彩" },
    prompt: "pastel picture of {what}",
    promptZh: "{what}，粉彩色调",
    negative: "photo, photorealistic, dark, high contrast",
    ...{ lora: null, finish: null },
  },
  {
    name: "night",
    title: { en: "After dark", zh: "夜色" },
    prompt: "dark moody picture of {what}",
    promptZh: "{what}，暗色调",
    negative: "photo, photorealistic, bright",
    ...{ lora: null, finish: null },
  },
  {
    name: "line-art",
    title: { en: "Line art", zh: "黑白线稿" },
    prompt: "black and white line art of {what}",
    promptZh: "{what}，线稿",
    negative: "photo, photorealistic, colourful, shading",
    ...{ lora: null, finish: null },
  },
  {
    name: "blue-print",
    title: { en: "Blue print", zh: "蓝色版画" },
    prompt: "blue duotone picture of {what}",
    promptZh: "{what}，蓝色双色调",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, finish: { kind: "duotone", dark: "#1d3a8a", light: "#fdf3df", inverted: false } },
  },
  {
    name: "red-print",
    title: { en: "Red print", zh: "红色版画" },
    prompt: "red duotone picture of {what}",
    promptZh: "{what}，红色双色调",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, finish: { kind: "duotone", dark: "#a3222f", light: "#fff1e2", inverted: false } },
  },
  {
    name: "gold",
    title: { en: "Gold on blue", zh: "蓝底描金" },
    prompt: "orange duotone picture of {what}",
    promptZh: "{what}，橙色双色调",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, finish: { kind: "duotone", dark: "#1c2050", light: "#f7cf6b", inverted: false } },
  },
  {
    name: "chalkboard",
    title: { en: "Chalkboard", zh: "黑板画" },
    prompt: "black and white line art of {what}",
    promptZh: "{what}，线稿",
    negative: "photo, photorealistic, colourful, shading",
    ...{ lora: null, finish: { kind: "duotone", dark: "#22382f", light: "#eef2e6", inverted: true } },
  },
] as const satisfies readonly PictureStyle[];

export type PictureStyleName = (typeof PICTURE_STYLES)[number]["name"];
export const PICTURE_STYLE_NAMES = PICTURE_STYLES.map(({ name }) => name) as [
  PictureStyleName,
  ...PictureStyleName[],
];
export const pictureStyleName = z.enum(PICTURE_STYLE_NAMES).describe(listedIn("styles"));

/** @param name null: as the model draws by itself. */
export const pictureStyle = (name: PictureStyleName | null): PictureStyle | null =>
  PICTURE_STYLES.find((style) => style.name === name) ?? null;
