import type { z } from "zod";
import { AppError } from "./errors";

/** A place in a list, as it travels: opaque to whoever holds it. */
export const sealCursor = (place: unknown): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

/**
 * @param schema what places of this list look like.
 * @returns null where there is no cursor.
 * @throws AppError input_invalid for one that is none of ours.
 */
export function openCursor<Schema extends z.ZodType>(
  sealed: string | undefined,
  schema: Schema,
): z.output<Schema> | null {
  if (sealed === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(sealed, "base64url").toString()));
  } catch (cause) {
    throw new AppError("input_invalid", { cause, details: { field: "cursor" } });
  }
}
