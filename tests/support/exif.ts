import sharp, { type Exif } from "sharp";
import { noise } from "./pictures";

/** A photo as a camera writes it: 2024-07-14 08:30:05, in London, south bank. */
export function photo(exif: Exif = {}, width = 64, height = 48): Promise<Buffer> {
  return noise(width, height)
    .withExif({
      IFD0: { Make: "Nikon", Model: "NIKON Z 6", ...exif.IFD0 },
      IFD2: {
        DateTimeOriginal: "2024:07:14 08:30:05",
        ExposureTime: "1/250",
        FNumber: "28/10",
        ISOSpeedRatings: "100",
        FocalLength: "350/10",
        LensModel: "NIKKOR Z 35mm",
        ...exif.IFD2,
      },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "51/1 30/1 0/1",
        GPSLongitudeRef: "W",
        GPSLongitude: "0/1 7/1 30/1",
        ...exif.IFD3,
      },
    })
    .jpeg()
    .toBuffer();
}

/** At Fushimi Inari, in Kyoto: 34.96694, 135.77222. */
export const IN_KYOTO: Exif = {
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "34/1 58/1 1/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "135/1 46/1 20/1",
  },
};

/** The block itself. */
export async function exifOf(picture: Buffer): Promise<Buffer> {
  const { exif } = await sharp(picture).metadata();
  if (!exif) throw new Error("the picture has no EXIF");
  return exif;
}

/** One entry of a table: tag, type, count, and its value or where that lies. */
export type Entry = [tag: number, type: number, count: number, value: number];

/** A TIFF block, little-endian, of tables at the places given. */
export function tiff(tables: Record<number, Entry[]>, sizeBytes: number): Buffer {
  const block = Buffer.alloc(sizeBytes);
  block.write("II*\0", "latin1");
  block.writeUInt32LE(8, 4);
  for (const [place, entries] of Object.entries(tables)) {
    let at = block.writeUInt16LE(entries.length, Number(place));
    for (const [tag, type, count, value] of entries) {
      at = block.writeUInt16LE(tag, at);
      at = block.writeUInt16LE(type, at);
      at = block.writeUInt32LE(count, at);
      at = block.writeUInt32LE(value, at);
    }
  }
  return block;
}
