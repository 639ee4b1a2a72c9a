import { storage } from "../storage/open-storage";
import { decodePicture } from "./decode-picture";
import type { PictureWidth } from "./picture-widths";

/** A smaller likeness of an original. */
export type Rendition = `w${PictureWidth}` | "full";

/** Part of the stored name: raised when the making changes, so that old ones are made anew. */
const RECIPE = "v2";

/** No screen shows more; zooming stops here, the download has the rest. */
const FULL_SIDE_PX = 2560;

const inTheMaking = new Map<string, Promise<Buffer>>();

/**
 * A rendition as WebP in sRGB, oriented, without metadata, never larger than the original: the stored one, or
 * made now and stored. Asked several times at once, it is made once.
 * @param blob the original's hash.
 * @throws AppError file_missing, picture_unreadable
 */
export function derivePicture(blob: string, rendition: Rendition): Promise<Buffer> {
  const key = `${blob}/${rendition}-${RECIPE}.webp`;
  const running = inTheMaking.get(key);
  if (running) return running;
  const made = findOrMake(key, blob, rendition).finally(() => inTheMaking.delete(key));
  inTheMaking.set(key, made);
  return made;
}

async function findOrMake(key: string, blob: string, rendition: Rendition): Promise<Buffer> {
  const stored = await storage().readDerived(key);
  if (stored) return stored;
  const bytes = await decodePicture(await storage().read(blob), (picture) =>
    picture.resize(boxOf(rendition)).webp({ quality: 82, effort: 3 }).toBuffer(),
  );
  await storage().putDerived(key, bytes);
  return bytes;
}

function boxOf(rendition: Rendition) {
  const withoutEnlargement = true;
  if (rendition === "full")
    return { width: FULL_SIDE_PX, height: FULL_SIDE_PX, fit: "inside" as const, withoutEnlargement };
  return { width: Number(rendition.slice(1)), withoutEnlargement };
}
