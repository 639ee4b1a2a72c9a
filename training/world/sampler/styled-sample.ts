import { render } from "../styles/render";
import { findTaughtStyle } from "../styles/taught";
import { drawSample, type Sample } from "./sampler";

/** A flat sample that a taught style is drawn over; captions name the style first. */
export function drawStyledSample(style: string, seed: number, index: number): Sample {
  const { words, apply } = findTaughtStyle(style);
  // Other styles would show through: the next flat one is taken.
  let at = index * 16;
  let sample = drawSample(seed, at, "train");
  while (sample.record.style !== "flat") {
    at += 1;
    sample = drawSample(seed, at, "train");
  }
  const { captions } = sample;
  return {
    ...sample,
    captions: {
      ...captions,
      en: captions.en.map((text) => `${words.en}, ${text}`) as unknown as typeof captions.en,
      zh: captions.zh.map((text) => `${words.zh}，${text}`) as unknown as typeof captions.zh,
    },
    async render(size) {
      const { drawing, shift } = sample.draw();
      const data = await render(drawing, "flat", size, shift);
      apply({ data, size }, shift);
      return data;
    },
  };
}
