import type { z } from "zod";
import { AppError } from "./errors";

/** What came from outside, checked. @throws AppError picture_required · input_invalid naming the field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.message === "picture_required") throw new AppError("picture_required");
  throw new AppError("input_invalid", {
    cause: parsed.error,
    details: { field: issue?.path.join(".") || "?" },
  });
}
