import { isLoraName, MAX_LORA_BYTES } from "../models/own-loras/lora-limits";
import { MAX_PICTURE_BYTES } from "../pictures/picture-limits";

/** What a browser sends at a time: what a broken line can cost at most, and what most photos fit into whole. */
export const UPLOAD_PART_BYTES = 8 * 1024 * 1024;

/** Largest archive that is taken in, packed. */
export const MAX_ARCHIVE_BYTES = 2 * 1024 * 1024 * 1024;

/** The most bytes that a file of this name may have; what it is, its bytes will say. */
export function mostBytes(name: string): number {
  if (isLoraName(name)) return MAX_LORA_BYTES;
  return name.toLowerCase().endsWith(".zip") ? MAX_ARCHIVE_BYTES : MAX_PICTURE_BYTES;
}
