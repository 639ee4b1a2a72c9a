/**
 * What is wrong with a file, told by the name that people know: paths of this machine are nobody's business.
 * @throws whatever was thrown
 */
export function rethrowNaming(error: unknown, file: string): never {
  if (error instanceof Error && error.name === "EngineError" && "details" in error)
    Object.assign(error, { details: { ...(error.details as object), file } });
  throw error;
}
