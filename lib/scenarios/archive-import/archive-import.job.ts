import { z } from "zod";

/** An archive in storage whose pictures go into the owner's gallery. */
export const archiveImportInput = z.object({
  /** SHA-256 of the archive's bytes, hex: its name in storage until it is unpacked. */
  blob: z.string().regex(/^[0-9a-f]{64}$/),
});

export const ARCHIVE_IMPORT = "archive-import";
