import path from "node:path";

/**
 * Tells people of files by the names that they know: where a file lies on this machine is nobody's business.
 * @param names by absolute path.
 * @returns the same error, with the name in its details.
 */
export function nameFiles(error: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof Error) || !("details" in error)) return error;
  const { file, ...details } = error.details as Record<string, unknown>;
  if (typeof file !== "string" || !path.isAbsolute(file)) return error;
  return Object.assign(error, { details: { file: names.get(file) ?? path.basename(file), ...details } });
}
