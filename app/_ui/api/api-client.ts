/** A refusal by the API, with the message in the reader's language as the server wrote it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** @param code the server's, or `offline` when it could not be asked. */
  constructor(
    readonly code: string,
    message: string,
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

/** @throws ApiError */
export const getJson = <T>(url: string, signal: AbortSignal): Promise<T> => ask<T>(url, { signal });

/** @throws ApiError */
export const postJson = <T>(url: string): Promise<T> => ask<T>(url, { method: "POST" });

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError("offline", "", true);
  });
  return answerOf<T>(response.ok, await response.json().catch(() => null));
}

/**
 * The body of a good answer.
 * @throws ApiError with what the body of a refusal says.
 */
export function answerOf<T>(ok: boolean, body: unknown): T {
  if (ok && body !== null) return body as T;
  const { code = "internal", message = "", retryable = false } = (body ?? {}) as Partial<ApiError>;
  throw new ApiError(code, message, retryable);
}
