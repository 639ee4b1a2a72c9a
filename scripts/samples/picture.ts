import type { Canvas } from "./canvas";

/** A sample picture: `draw` gives the same picture for every size, the same bytes for the same size. */
export interface SamplePicture {
  readonly name: string;
  readonly alt: { readonly en: string; readonly zh: string };
  draw(size: number): Canvas | Promise<Canvas>;
}
