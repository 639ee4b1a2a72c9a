import { AppError } from "../errors";
import { cleanTitle } from "../pictures/picture-title";

/**
 * An album's title as it is kept: one line, not empty.
 * @throws AppError input_invalid
 */
export function albumTitle(title: string): string {
  const clean = cleanTitle(title);
  if (clean === "") throw new AppError("input_invalid", { details: { field: "title" } });
  return clean;
}
