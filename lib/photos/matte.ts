import { type Picture, picture } from "../engine/picture";

/** What of a picture belongs to the thing in it: 0 nothing … 255 all, row by row. */
export interface Matte {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** One picture before another of the same size: the first where the matte is white. */
export function before(front: Picture, matte: Matte, back: Picture): Picture {
  const data = new Uint8ClampedArray(front.data.length);
  for (let i = 0; i < data.length; i++) {
    const part = matte.data[(i / 3) | 0]! / 255;
    data[i] = front.data[i]! * part + back.data[i]! * (1 - part);
  }
  return picture(front.width, front.height, data);
}

/** All of one colour. @param hex "#rrggbb" */
export function plainPicture(width: number, height: number, hex: string): Picture {
  const data = new Uint8ClampedArray(width * height * 3);
  const rgb = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  for (let i = 0; i < data.length; i++) data[i] = rgb[i % 3]!;
  return picture(width, height, data);
}

/** To another size: a small matte's stairs become curves, and the edge stays about as steep as it was. */
export function resizeMatte(matte: Matte, toWidth: number, toHeight: number): Matte {
  const { width, height } = matte;
  const data = toWidth > width ? rounded(rounded(matte)).data : matte.data;
  const made = new Uint8ClampedArray(toWidth * toHeight);
  const steep = Math.max(1, toWidth / width);
  for (let y = 0, i = 0; y < toHeight; y++) {
    const atY = Math.min(height - 1, Math.max(0, ((y + 0.5) * height) / toHeight - 0.5));
    for (let x = 0; x < toWidth; x++, i++) {
      const atX = Math.min(width - 1, Math.max(0, ((x + 0.5) * width) / toWidth - 0.5));
      made[i] = (sample(data, width, height, atX, atY) - 127.5) * Math.max(1, 1.2 * Math.sqrt(steep)) + 127.5;
    }
  }
  return { width: toWidth, height: toHeight, data: made };
}

/** Each with its eight neighbours. */
function rounded({ width, height, data }: Matte): Matte {
  const made = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const row = Math.min(height - 1, Math.max(0, y + dy));
          const column = Math.min(width - 1, Math.max(0, x + dx));
          sum += data[row * width + column]! * (2 - Math.abs(dx)) * (2 - Math.abs(dy));
        }
      made[y * width + x] = sum / 16;
    }
  return { width, height, data: made };
}

function sample(data: Uint8ClampedArray, width: number, height: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
  const [u, v] = [x - left, y - top];
  const above = data[top * width + left]! * (1 - u) + data[top * width + right]! * u;
  const below = data[bottom * width + left]! * (1 - u) + data[bottom * width + right]! * u;
  return above * (1 - v) + below * v;
}

/** Where the thing is, in pixels; null where nothing is. */
export function matteBounds({ width, height, data }: Matte) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x]! > 127) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
