import { type Picture, picture } from "../picture";
import { resample } from "./resample";

/** `crop` fills the canvas and cuts what stands over, `fill` shows all and pads, `stretch` gives up the proportions. */
export type ResizeMode = "crop" | "fill" | "stretch";

/**
 * Fits a control picture to the canvas. Fit photos before they are annotated: lines drawn afterwards keep their width.
 * Padding has the median colour of the picture's border: black around lines, the background's tone around a photo.
 * @throws EngineError size_invalid where a side of the canvas is no positive integer.
 */
export function resizeControl(source: Picture, width: number, height: number, mode: ResizeMode): Picture {
  const canvas = picture(width, height);
  if (mode === "stretch") return resample(source, width, height);
  const ratios = [width / source.width, height / source.height];
  const scale = mode === "crop" ? Math.max(...ratios) : Math.min(...ratios);
  const scaled = resample(
    source,
    Math.max(1, Math.round(source.width * scale)),
    Math.max(1, Math.round(source.height * scale)),
  );
  if (scaled.width === width && scaled.height === height) return scaled;
  if (mode === "fill") paint(canvas, borderColour(source));
  place(scaled, canvas);
  return canvas;
}

/** Copies `source` centred onto `canvas`; either may stand over the other. */
function place(source: Picture, canvas: Picture): void {
  const left = Math.floor((canvas.width - source.width) / 2);
  const top = Math.floor((canvas.height - source.height) / 2);
  const from = Math.max(0, -left);
  const to = Math.min(source.width, canvas.width - left);
  for (let y = Math.max(0, top); y < Math.min(canvas.height, top + source.height); y++) {
    const row = (y - top) * source.width;
    const pixels = source.data.subarray((row + from) * 3, (row + to) * 3);
    canvas.data.set(pixels, (y * canvas.width + left + from) * 3);
  }
}

function paint({ data }: Picture, colour: readonly number[]): void {
  for (let i = 0; i < data.length; i++) data[i] = colour[i % 3]!;
}

/** The median of each channel along the four borders. */
function borderColour({ width, height, data }: Picture): number[] {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) border.push(y * width, y * width + width - 1);
  return [0, 1, 2].map((c) => {
    const values = border.map((at) => data[at * 3 + c]!).sort((a, b) => a - b);
    return values[values.length >> 1]!;
  });
}
