/** Largest file that is taken in. */
export const MAX_PICTURE_BYTES = 30 * 1024 * 1024;

/** Most pixels that are decoded, whatever the file's size: a few kilobytes can claim billions. */
export const MAX_PICTURE_PIXELS = 50_000_000;

/** Longest that one decoding may take. */
export const MAX_DECODE_SECONDS = 30;
