import type { z } from "zod";
import { AppError, isErrorCode } from "./errors";

/**
 * What came from outside, checked.
 * @throws AppError input_invalid naming the field; a code of the table where a schema says that one
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (isErrorCode(issue?.message)) throw new AppError(issue.message, { cause: parsed.error });
    throw invalid(issue?.path ?? [], parsed.error);
  }
  const broken = findBroken(parsed.data, []);
  if (broken) throw invalid(broken);
  return parsed.data;
}

const invalid = (path: readonly PropertyKey[], cause?: unknown) =>
  new AppError("input_invalid", { cause, details: { field: path.map(String).join(".") || "?" } });

/** Half a character, or none at all. */
const UNKEPT = /[\p{Cs}\0]/u;

/** Where there is a text that no database keeps. */
function findBroken(value: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | null {
  if (typeof value === "string") return UNKEPT.test(value) ? path : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, within] of Object.entries(value)) {
    const broken = findBroken(within, [...path, key]);
    if (broken) return broken;
  }
  return null;
}
