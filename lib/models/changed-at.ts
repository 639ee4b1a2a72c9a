import { stat } from "node:fs/promises";

/** When a file was written to last, in milliseconds; null for one that was renamed or removed since its folder was read. */
export const changedAt = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
