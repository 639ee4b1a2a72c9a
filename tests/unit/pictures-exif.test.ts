import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureExif } from "@/lib/pictures/measure-exif";
import { exifFacts, readExif } from "@/lib/pictures/read-exif";
import { type Entry, exifOf, photo, tiff } from "../support/exif";

const NOTHING = { takenAt: null, exif: null };

describe("what a camera noted", () => {
  test("is read, each fact in its unit", async () => {
    expect(readExif(await exifOf(await photo()))).toEqual({
      takenAt: new Date("2024-07-14T08:30:05Z"),
      exif: {
        ...{ make: "Nikon", model: "NIKON Z 6", lens: "NIKKOR Z 35mm" },
        ...{ exposure: 0.004, fNumber: 2.8, iso: 100, focalLength: 35 },
        place: { latitude: 51.5, longitude: -0.125 },
      },
    });
  });

  test("stands with or without the mark that JPEG puts before it", async () => {
    const block = await exifOf(await photo());
    const bare = block.toString("latin1", 0, 4) === "Exif" ? block.subarray(6) : block;
    expect(readExif(Buffer.concat([Buffer.from("Exif\0\0"), bare]))).toEqual(readExif(bare));
    expect(readExif(bare).takenAt).not.toBeNull();
  });

  test("no block, nothing known", () => {
    expect(readExif(undefined)).toEqual(NOTHING);
  });

  const dates: [written: string, why: string][] = [
    ["0000:00:00 00:00:00", "a clock that was never set"],
    ["1066:10:14 09:00:00", "before there was a camera"],
    ["9999:12:31 23:59:59", "not yet"],
    ["2023:13:40 08:30:05", "no such month"],
    ["yesterday", "no date"],
  ];
  test.each(dates)("the date %s is left out: %s", async (written) => {
    const read = readExif(await exifOf(await photo({ IFD2: { DateTimeOriginal: written } })));
    expect(read.takenAt).toBeNull();
    expect(read.exif).toMatchObject({ iso: 100 });
  });

  test("what makes no sense is left out by itself; the rest stays", async () => {
    const strange = await photo({
      IFD0: { Make: `\u202e${"x".repeat(300)}` },
      IFD2: { ExposureTime: "1/0", FNumber: "0/1" },
      IFD3: { GPSLatitude: "200/1 0/1 0/1" },
    });
    expect(readExif(await exifOf(strange)).exif).toEqual({
      ...{ model: "NIKON Z 6", lens: "NIKKOR Z 35mm", iso: 100, focalLength: 35 },
    });
  });

  test("a place of zeros is no place", async () => {
    const zeros = { GPSLatitude: "0/1 0/1 0/1", GPSLongitude: "0/1 0/1 0/1" };
    expect(readExif(await exifOf(await photo({ IFD3: zeros }))).exif).not.toHaveProperty("place");
  });
});

describe("hostile blocks", () => {
  test("a flood of entries that all claim the whole block is not read", () => {
    const most = Math.floor((65_000 - 10) / 12);
    const flood = Array.from({ length: most }, (_, i): Entry => [0x1000 + i, 1, 60_000, 0]);
    const block = tiff({ 8: flood }, 65_000);
    expect(measureExif(block)).toBeGreaterThan(most * 60_000);
    expect(readExif(block)).toEqual(NOTHING);
  });

  test("tables that lead in circles are not followed", () => {
    const block = tiff({ 8: [[0x8769, 4, 1, 40]], 40: [[0x8825, 4, 1, 8]] }, 200);
    expect(measureExif(block)).toBe(Number.POSITIVE_INFINITY);
    expect(readExif(block)).toEqual(NOTHING);
  });

  test("a block of megabytes is not read", () => {
    expect(readExif(Buffer.concat([tiff({ 8: [] }, 100), Buffer.alloc(2 << 20)]))).toEqual(NOTHING);
  });

  test("whatever the bytes are, what comes out makes sense, and nothing is thrown", async () => {
    const real = await exifOf(await photo());
    const changed = fc
      .array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 })
      .map((changes) => {
        const bytes = Buffer.from(real);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    const cut = fc.nat(real.length).map((length) => real.subarray(0, length));
    const random = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
    const begun = random.map((bytes) => Buffer.concat([Buffer.from("II*\0\u0008\0\0\0", "latin1"), bytes]));
    fc.assert(
      fc.property(fc.oneof(changed, cut, random, begun), (block) => {
        const { takenAt, exif } = readExif(block);
        expect(exifFacts.nullable().safeParse(exif).success).toBe(true);
        if (takenAt) expect(takenAt.getTime()).toBeLessThan(Date.now() + 2 * 24 * 60 * 60 * 1000);
      }),
      { numRuns: 3000 },
    );
  });
});
