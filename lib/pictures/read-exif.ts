import parseExif from "exif-reader";
import { z } from "zod";
import { measureExif } from "./measure-exif";

/** The most that is looked at: a JPEG's block can't be longer, and other formats have no reason to. */
const MAX_EXIF_BYTES = 64 * 1024;

/** Room for cameras that count a little wrong. */
const MAX_CLAIMED_BYTES = 2 * MAX_EXIF_BYTES;

/** The year of the oldest photograph there is. */
const FIRST_YEAR = 1826;
const DAY_MS = 24 * 60 * 60 * 1000;

const degrees = (most: number) => z.number().min(-most).max(most);
const text = z.string().min(1).max(80);

/** What a camera noted about a picture; each only where it makes sense. */
export const exifFacts = z
  .object({
    make: text,
    model: text,
    lens: text,
    /** Seconds. */
    exposure: z.number().positive().max(86_400),
    fNumber: z.number().positive().max(512),
    iso: z.number().int().positive().max(10_000_000),
    /** Millimetres, as the lens has it. */
    focalLength: z.number().positive().max(20_000),
    /** WGS 84, north and east positive. */
    place: z.object({ latitude: degrees(90), longitude: degrees(180) }),
  })
  .partial();
export type ExifFacts = z.infer<typeof exifFacts>;

export interface ReadExif {
  /** The camera's own clock, which knows no time zone, written as if it were UTC. */
  takenAt: Date | null;
  /** Null where the camera noted nothing. */
  exif: ExifFacts | null;
}

const NOTHING: ReadExif = { takenAt: null, exif: null };

/**
 * Reads a file's EXIF block as far as it makes sense: what is damaged, absurd or hostile is left out. Never throws.
 * @param block as sharp's `metadata().exif` gives it, with or without `Exif\0\0` in front.
 */
export function readExif(block: Buffer | undefined): ReadExif {
  if (!block || block.length > MAX_EXIF_BYTES) return NOTHING;
  try {
    const tiff = block.toString("latin1", 0, 6) === "Exif\0\0" ? block.subarray(6) : block;
    if (measureExif(tiff) > MAX_CLAIMED_BYTES) return NOTHING;
    const { Image = {}, Photo = {}, GPSInfo = {} } = emptyForNull(parseExif(tiff));
    return {
      takenAt: dateOf(Photo.DateTimeOriginal, tiff) ?? dateOf(Photo.DateTimeDigitized, tiff),
      exif: factsOf({
        make: textOf(Image.Make),
        model: textOf(Image.Model),
        lens: textOf(Photo.LensModel),
        exposure: Photo.ExposureTime,
        fNumber: Photo.FNumber,
        iso: Array.isArray(Photo.ISOSpeedRatings) ? Photo.ISOSpeedRatings[0] : Photo.ISOSpeedRatings,
        focalLength: Photo.FocalLength,
        place: placeOf(GPSInfo),
      }),
    };
  } catch {
    // The library throws at tables that it can't follow; the picture is fine without them.
    return NOTHING;
  }
}

type Tags = Record<string, unknown>;

/** Tables that could not be read come as null. */
function emptyForNull(tables: object): Partial<Record<"Image" | "Photo" | "GPSInfo", Tags>> {
  return Object.fromEntries(Object.entries(tables).filter(([, table]) => table !== null));
}

/** Those facts that make sense, each judged by itself. */
function factsOf(claims: Record<keyof ExifFacts, unknown>): ExifFacts | null {
  const facts: Tags = {};
  for (const [name, claim] of Object.entries(claims)) {
    const fact = exifFacts.shape[name as keyof ExifFacts].safeParse(claim);
    if (fact.success && fact.data !== undefined) facts[name] = fact.data;
  }
  return Object.keys(facts).length > 0 ? (facts as ExifFacts) : null;
}

/** In one line; what is not ASCII is UTF-8, or nothing that we can read. */
function textOf(value: unknown): string | undefined {
  const written = Buffer.isBuffer(value) ? value.toString("utf8") : value;
  if (typeof written !== "string" || written.includes("\ufffd")) return undefined;
  return written
    .replace(/\0.*$/s, "")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

function dateOf(value: unknown, tiff: Buffer): Date | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
  // The library takes a month 13 for the next year's first: only what stands there word for word is meant.
  const [day = "", time = ""] = value.toISOString().split(/[T.]/);
  const isMeant = tiff.includes(`${day.replaceAll("-", ":")} ${time}`);
  const isLikely = value.getUTCFullYear() >= FIRST_YEAR && value.getTime() < Date.now() + DAY_MS;
  return isMeant && isLikely ? value : null;
}

function placeOf(gps: Tags): ExifFacts["place"] {
  const latitude = angleOf(gps.GPSLatitude, gps.GPSLatitudeRef, "S");
  const longitude = angleOf(gps.GPSLongitude, gps.GPSLongitudeRef, "W");
  // Cameras that found no satellite write zeros.
  if (latitude === undefined || longitude === undefined || (latitude === 0 && longitude === 0))
    return undefined;
  return { latitude, longitude };
}

/** Degrees, minutes and seconds in degrees, to a metre or so. */
function angleOf(parts: unknown, side: unknown, negative: "S" | "W"): number | undefined {
  const read = z.array(z.number().nonnegative()).min(1).max(3).safeParse(parts);
  if (!read.success) return undefined;
  const [degree = 0, minute = 0, second = 0] = read.data;
  const angle = degree + minute / 60 + second / 3600;
  return Math.round((side === negative ? -angle : angle) * 1e5) / 1e5;
}
