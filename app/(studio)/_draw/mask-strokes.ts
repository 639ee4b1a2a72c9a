interface Point {
  readonly x: number;
  readonly y: number;
}

/** One movement of the brush, in the canvas's pixels. */
export interface Stroke {
  readonly kind: "stroke";
  readonly points: readonly Point[];
  readonly widthPx: number;
  readonly erases: boolean;
}

/** What a hand did, one after the other; the last can be taken back. */
export type Mark = Stroke | { readonly kind: "clear" };

type Context = CanvasRenderingContext2D;

/** Everything anew: what was painted before, and on it what was done since. */
export function drawMarks(context: Context, before: CanvasImageSource | null, marks: readonly Mark[]): void {
  const { width, height } = context.canvas;
  const cleared = marks.findLastIndex(({ kind }) => kind === "clear");
  context.clearRect(0, 0, width, height);
  if (before && cleared < 0) context.drawImage(before, 0, 0, width, height);
  for (const mark of marks.slice(cleared + 1)) if (mark.kind === "stroke") drawStroke(context, mark);
}

/** A stroke of one point is a dot. @param from the first of its points that is not drawn yet. */
export function drawStroke(context: Context, { points, widthPx, erases }: Stroke, from = 0): void {
  context.save();
  context.globalCompositeOperation = erases ? "destination-out" : "source-over";
  context.lineWidth = widthPx;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = "#ffffff";
  context.beginPath();
  const [first, ...others] = points.slice(Math.max(0, from - 1));
  if (first) context.moveTo(first.x, first.y);
  for (const { x, y } of others.length > 0 ? others : points.slice(-1)) context.lineTo(x, y);
  context.stroke();
  context.restore();
}

/** What is painted as a mask: white on black, base64 PNG; null where nothing is. */
export function maskOf(painted: HTMLCanvasElement): string | null {
  const { width, height } = painted;
  const pixels = painted.getContext("2d")?.getImageData(0, 0, width, height).data;
  if (!pixels?.some((value, i) => i % 4 === 3 && value > 0)) return null;
  const [mask, context] = newCanvas(width, height);
  if (!context) return null;
  context.fillStyle = "#000000";
  context.fillRect(0, 0, width, height);
  context.drawImage(painted, 0, 0);
  return mask.toDataURL("image/png").slice(PNG.length);
}

/** A mask as it was painted: what is black becomes transparent again. */
export function paintOf(mask: HTMLImageElement): CanvasImageSource | null {
  const [canvas, context] = newCanvas(mask.naturalWidth, mask.naturalHeight);
  if (!context) return null;
  context.drawImage(mask, 0, 0);
  const paint = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < paint.data.length; i += 4) {
    paint.data[i + 3] = paint.data[i]!;
    paint.data.fill(255, i, i + 3);
  }
  context.putImageData(paint, 0, 0);
  return canvas;
}

const PNG = "data:image/png;base64,";
/** The address of a mask. */
export const maskUrl = (mask: string): string => PNG + mask;

function newCanvas(width: number, height: number): [HTMLCanvasElement, Context | null] {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return [canvas, canvas.getContext("2d")];
}
