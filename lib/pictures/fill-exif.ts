import sharp from "sharp";
import { listWithoutExif, setExif } from "../db/picture-upkeep";
import { log } from "../log";
import { storage } from "../storage/open-storage";
import { type ReadExif, readExif } from "./read-exif";

const PAGE = 200;

/** Reads what cameras noted in uploads from before it was read, or whose rows were rebuilt without it. @returns how many */
export async function fillExif(): Promise<number> {
  let filled = 0;
  for (;;) {
    const page = await listWithoutExif(PAGE);
    for (const { id, blob } of page) await setExif(id, await readAgain(blob));
    filled += page.length;
    if (page.length < PAGE) return filled;
  }
}

async function readAgain(blob: string): Promise<ReadExif> {
  try {
    const header = await sharp(await storage().read(blob), { limitInputPixels: false }).metadata();
    return readExif(header.exif);
  } catch (err) {
    // It is not tried again.
    log("pictures").warn({ err, blob }, "a picture's EXIF could not be read");
    return { takenAt: null, exif: null };
  }
}
