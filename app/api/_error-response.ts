import { z } from "zod";
import type { Locale } from "@/app/_i18n/locale";
import { AppError, errorMessage, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";

/** Whatever was thrown, as `{code, message, details, retryable}` in the reader's language with its status. */
export function errorResponse(thrown: unknown, locale: Locale, request: Request): Response {
  const error = fromZod(thrown) ?? toAppError(thrown);
  const where = { method: request.method, path: new URL(request.url).pathname, code: error.code };
  if (error.status >= 500) log("api").error({ ...where, err: thrown }, "request failed");
  else log("api").debug(where, "request refused");
  const seconds = error.details.seconds;
  return Response.json(
    {
      code: error.code,
      message: errorMessage(error.code, error.details, locale),
      details: error.details,
      retryable: error.retryable,
    },
    {
      status: error.status,
      headers: {
        "Cache-Control": "no-store",
        ...(seconds === undefined ? {} : { "Retry-After": String(seconds) }),
      },
    },
  );
}

function fromZod(thrown: unknown): AppError | null {
  if (!(thrown instanceof z.ZodError)) return null;
  const field = thrown.issues[0]?.path.join(".") || "body";
  return new AppError("input_invalid", { cause: thrown, details: { field } });
}
