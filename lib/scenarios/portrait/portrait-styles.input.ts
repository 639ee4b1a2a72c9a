import type { DrawingStyle } from "@/lib/drawing/drawing-style.input";

/** A way to draw a portrait. */
export interface PortraitStyle extends DrawingStyle {
  /** What is done to the photo's colours before it is drawn. */
  readonly look: PortraitLook;
  /** Lines inked over a drawing of a small model, which is too coarse for a face's features. */
  readonly ink: string;
  /** The ground, where nobody chose another. */
  readonly paper: string;
}

/** The photo's own colours, more or less vivid; or all that is dark and light in two colours. */
export type PortraitLook =
  | { readonly kind: "own"; readonly saturation: number; readonly lightness: number }
  | { readonly kind: "duotone"; readonly dark: string; readonly light: string };

const own = (saturation: number, lightness = 0): PortraitLook => ({ kind: "own", saturation, lightness });

/** In the order in which they are shown; each was tried on the model that ships. */
export const PORTRAIT_STYLES = [
  {
    name: "flat",
    title: { en: "Flat illustration", zh: "扁平插画" },
    prompt: "flat illustration of {what}",
    promptZh: "{what}，扁平插画",
    negative: "photo, photorealistic, 3d render",
    ...{ lora: null, look: own(1.35), ink: "#3a2430", paper: "#bfe0ea" },
  },
  {
    name: "outline",
    title: { en: "Bold outlines", zh: "粗线描边" },
    prompt: "bold outline drawing of {what}",
    promptZh: "{what}，粗线描边插画",
    negative: "photo, photorealistic, soft edges",
    ...{ lora: null, look: own(1.5, 0.06), ink: "#14121c", paper: "#ffd36e" },
  },
  {
    name: "watercolour",
    title: { en: "Watercolour", zh: "水彩" },
    prompt: "watercolour painting of {what}",
    promptZh: "水彩风格的{what}",
    negative: "photo, photorealistic, hard edges",
    ...{ lora: null, look: own(1.1, 0.14), ink: "#5b4a5e", paper: "#e9f1ee" },
  },
  {
    name: "paper-cut",
    title: { en: "Paper-cut", zh: "剪纸" },
    prompt: "paper-cut of {what}",
    promptZh: "剪纸风格的{what}",
    negative: "photo, photorealistic, gradients",
    ...{ lora: null, look: own(1.6, 0.02), ink: "#4a1d22", paper: "#f4d9c6" },
  },
  {
    name: "pastel",
    title: { en: "Pastel", zh: "柔和粉彩" },
    prompt: "pastel picture of {what}",
    promptZh: "柔和粉彩色调的{what}",
    negative: "photo, photorealistic, dark, high contrast",
    ...{ lora: null, look: own(0.95, 0.26), ink: "#7a6a78", paper: "#f6e3ea" },
  },
  {
    name: "blue-print",
    title: { en: "Blue print", zh: "蓝色版画" },
    prompt: "blue duotone picture of {what}",
    promptZh: "蓝色双色调的{what}",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, look: { kind: "duotone", dark: "#1d3a8a", light: "#fdf3df" } },
    ...{ ink: "#12255e", paper: "#fdf3df" },
  },
  {
    name: "red-print",
    title: { en: "Red print", zh: "红色版画" },
    prompt: "red duotone picture of {what}",
    promptZh: "红色双色调的{what}",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, look: { kind: "duotone", dark: "#a3222f", light: "#fff1e2" } },
    ...{ ink: "#6d121d", paper: "#fff1e2" },
  },
  {
    name: "ink",
    title: { en: "Black and white", zh: "黑白" },
    prompt: "black and white picture of {what}",
    promptZh: "黑白的{what}",
    negative: "photo, photorealistic, colourful",
    ...{ lora: null, look: { kind: "duotone", dark: "#1b1b22", light: "#f7f6f2" } },
    ...{ ink: "#0d0d12", paper: "#f7f6f2" },
  },
  {
    name: "mosaic",
    title: { en: "Mosaic", zh: "马赛克" },
    prompt: "{what}, mosaic style",
    promptZh: "{what}，mosaic style",
    negative: "photo, photorealistic",
    ...{ lora: { name: "mosaic", weight: 0.9 }, look: own(1.5, 0.05), ink: "#2b2438", paper: "#cfe3d8" },
  },
  {
    name: "chalkboard",
    title: { en: "Chalkboard", zh: "黑板画" },
    prompt: "{what}, chalkboard style",
    promptZh: "{what}，chalkboard style",
    negative: "photo, photorealistic, white background",
    ...{ lora: { name: "chalkboard", weight: 0.5 } },
    ...{ look: { kind: "duotone", dark: "#22382f", light: "#9fb3a6" }, ink: "#f3f6ee", paper: "#22382f" },
  },
  {
    name: "comic",
    title: { en: "Comic dots", zh: "网点漫画" },
    prompt: "{what}, halftone style",
    promptZh: "{what}，halftone style",
    negative: "photo, photorealistic",
    ...{ lora: { name: "halftone", weight: 0.9 }, look: own(1.6, 0.06), ink: "#171420", paper: "#ffe27a" },
  },
] as const satisfies readonly PortraitStyle[];

export type PortraitStyleName = (typeof PORTRAIT_STYLES)[number]["name"];
export const PORTRAIT_STYLE_NAMES = PORTRAIT_STYLES.map(({ name }) => name) as [
  PortraitStyleName,
  ...PortraitStyleName[],
];

export const portraitStyle = (name: PortraitStyleName): PortraitStyle =>
  PORTRAIT_STYLES.find((style) => style.name === name)!;
