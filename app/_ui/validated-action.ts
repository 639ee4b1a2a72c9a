import { getLocale } from "next-intl/server";
import type { z } from "zod";
import { errorMessage, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { parseInput } from "@/lib/parse-input";

/** What every server action answers: a value, or a failure that the screen can show as it is. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | { ok: false; code: string; message: string; retryable: boolean };

/**
 * A server action that checks its argument first and never throws at the browser: failures come back with their
 * stable code and a message in the reader's language, unexpected ones are logged with their cause.
 */
export function validatedAction<S extends z.ZodType, T>(
  schema: S,
  act: (input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return async (input) => {
    try {
      return { ok: true, value: await act(parseInput(schema, input)) };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === "internal") log("actions").error({ err: thrown }, "server action failed");
      const message = errorMessage(error.code, error.details, await getLocale());
      return { ok: false, code: error.code, message, retryable: error.retryable };
    }
  };
}
