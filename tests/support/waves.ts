import { type Picture, picture } from "@/lib/engine/picture";

/** The twin of `waves` in the golden makers: a picture that no resampling takes for another. */
export function waves(width: number, height: number): Picture {
  const made = picture(width, height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++) made.data[i] = (x * x * 3 + y * 7 * (c + 1) + x * y) % 256;
  return made;
}
