import { MAX_PICTURE_BYTES } from "../pictures/picture-limits";

/** Largest archive that is taken in, packed. */
export const MAX_ARCHIVE_BYTES = 2 * 1024 * 1024 * 1024;

/** The most bytes that a file of this name may have; what it is, its bytes will say. */
export const mostBytes = (name: string): number =>
  name.toLowerCase().endsWith(".zip") ? MAX_ARCHIVE_BYTES : MAX_PICTURE_BYTES;
