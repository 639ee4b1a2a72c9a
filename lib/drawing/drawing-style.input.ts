/** A way to draw, as people choose it: words for the prompt, and what was learnt on top. */
export interface DrawingStyle {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** `{what}` is where the prompt names what is drawn. */
  readonly prompt: string;
  /** The same around Chinese words; `prompt` where there is none. */
  readonly promptZh?: string;
  readonly negative: string;
  /** Of the model that ships; other models follow the words alone. */
  readonly lora: { readonly name: string; readonly weight: number } | null;
}

/** What is done to a drawing once it is drawn. */
export type DrawingFinish =
  /** All that is dark and light in two colours; inverted, lines on paper become chalk on a board. */
  | { readonly kind: "duotone"; readonly dark: string; readonly light: string; readonly inverted: boolean }
  /** Squares of one colour, so many along the longer side; between them is grout, where it has a colour, that takes on theirs. */
  | { readonly kind: "pixels"; readonly across: number; readonly grout: string | null };

/** A way to draw anything. */
export interface PictureStyle extends DrawingStyle {
  readonly finish: DrawingFinish | null;
}

const HAN = /\p{Script=Han}/u;

/** What is asked for, in a style's words, in the language that it is asked in. */
export function styledPrompt(style: DrawingStyle | null, what: string): string {
  if (!style) return what;
  const frame = HAN.test(what) ? (style.promptZh ?? style.prompt) : style.prompt;
  // A function: "$&" in somebody's prompt is nothing but text.
  return frame.replace("{what}", () => what);
}
