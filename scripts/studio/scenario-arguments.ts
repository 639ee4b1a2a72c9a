import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** @returns undefined where nothing was said. @throws AppError input_invalid */
export function readNumber(field: string, said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const number = said.trim() === "" ? Number.NaN : Number(said);
  if (!Number.isFinite(number)) throw new AppError("input_invalid", { details: { field } });
  return number;
}

/** What a scenario is asked for, with its defaults. @throws AppError input_invalid, naming the field. */
export function readPlan<S extends z.ZodType>(schema: S, said: Record<string, unknown>): z.output<S> {
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const parsed = schema.safeParse(told);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "");
  throw new AppError("input_invalid", { details: { field } });
}
