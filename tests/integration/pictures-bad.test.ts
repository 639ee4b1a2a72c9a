import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { addPicture } from "@/lib/pictures/add-picture";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { storage } from "@/lib/storage/open-storage";
import { codeOf, noise, onBothWithFiles, pictureFile, someGuest } from "../support/pictures";

onBothWithFiles(
  "bad pictures",
  () => {
    const text = (content: string, encoding: BufferEncoding = "utf8") => Buffer.from(content, encoding);
    const isoMedia = (...brands: string[]) => {
      const box = Buffer.alloc(8 + 4 * (brands.length + 1));
      box.writeUInt32BE(box.length, 0);
      box.write(["ftyp", brands[0], "\0\0\0\0", ...brands.slice(1)].join(""), 4, "latin1");
      return Buffer.concat([box, Buffer.alloc(64)]);
    };

    const HEIC = "tests/golden/heic/photo.heic";
    const cut = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

    const HOSTILE: [what: string, code: string, make: () => Buffer | Promise<Buffer>][] = [
      ["an empty file", "picture_type_unsupported", () => Buffer.alloc(0)],
      ["a text file", "picture_type_unsupported", () => text("not a picture at all\n")],
      ["a PDF", "picture_type_unsupported", () => text("%PDF-1.7\n1 0 obj\n")],
      ["a web page", "picture_type_unsupported", () => text("<!doctype html><title>x</title>")],
      ["a TIFF", "picture_type_unsupported", () => noise().tiff().toBuffer()],
      ["a video", "picture_type_unsupported", () => isoMedia("isom", "mp42")],
      ["an SVG", "picture_svg", () => text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      [
        "an SVG behind a prolog",
        "picture_svg",
        () => text('\ufeff<?xml version="1.0"?><!-- c -->\n<svg:svg xmlns:svg="x"/>'),
      ],
      ["an SVG in UTF-16", "picture_svg", () => text("\ufeff<svg xmlns='x'/>", "utf16le")],
      ["a HEIC photo's brand without a photo", "picture_unreadable", () => isoMedia("heic", "mif1", "heic")],
      ["the general brand without a photo", "picture_unreadable", () => isoMedia("mif1", "heic")],
      ["JPEG's first bytes alone", "picture_unreadable", () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
      ["PNG's first bytes alone", "picture_unreadable", () => cut(Buffer.from("89504e470d0a1a0a", "hex"), 1)],
      ["half a JPEG", "picture_unreadable", async () => cut(await noise(640, 480).jpeg().toBuffer(), 0.5)],
      ["nearly a JPEG", "picture_unreadable", async () => cut(await noise(640, 480).jpeg().toBuffer(), 0.98)],
      ["nearly a PNG", "picture_unreadable", async () => cut(await noise(640, 480).png().toBuffer(), 0.98)],
      ["nearly a WebP", "picture_unreadable", async () => cut(await noise(640, 480).webp().toBuffer(), 0.98)],
      [
        "nearly an AVIF",
        "picture_unreadable",
        async () => cut(await noise(160, 120).avif().toBuffer(), 0.98),
      ],
      ["nearly a HEIC photo", "picture_unreadable", async () => cut(await readFile(HEIC), 0.9)],
      ["nearly a GIF", "picture_unreadable", async () => cut(await noise(160, 120).gif().toBuffer(), 0.9)],
      ["an AVIF's brand without a picture", "picture_unreadable", () => isoMedia("avif", "mif1", "miaf")],
    ];

    describe("what is no picture is refused, and nothing of it is kept", () => {
      test.each(HOSTILE)("%s: %s", async (_, code, make) => {
        const owner = await someGuest();
        const bytes = await make();
        expect(await codeOf(addPicture(owner.id, { bytes, name: "photo.png" }))).toBe(code);
        expect(await db().picture.count({ where: { ownerId: owner.id } })).toBe(0);
      });

      test("a damaged byte in a PNG's pixels", async () => {
        const bytes = await noise(200, 200).png().toBuffer();
        bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
        expect(await codeOf(addPicture((await someGuest()).id, { bytes, name: "x.png" }))).toBe(
          "picture_unreadable",
        );
      });
    });

    describe("limits are checked before anything is decoded", () => {
      test("a bomb of few bytes and many pixels names its true size", async () => {
        const bomb = await sharp({
          create: { width: 12_000, height: 12_000, channels: 3, background: "#888" },
        })
          .png({ compressionLevel: 6 })
          .toBuffer();
        expect(bomb.length).toBeLessThan(1_000_000);
        const refusal = await addPicture((await someGuest()).id, { bytes: bomb, name: "b.png" }).catch(
          (e) => e,
        );
        expect(refusal).toBeInstanceOf(AppError);
        expect(refusal.code).toBe("picture_too_many_pixels");
        expect(refusal.details).toEqual({ megapixels: 144, limit: 50 });
      });

      test("more bytes than allowed", async () => {
        const { bytes } = await pictureFile();
        const padded = Buffer.concat([bytes, Buffer.alloc(MAX_PICTURE_BYTES)]);
        expect(await codeOf(addPicture((await someGuest()).id, { bytes: padded, name: "x" }))).toBe(
          "picture_too_large",
        );
      });
    });

    test.each(["jpeg", "png", "webp", "avif", "gif"] as const)(
      "a whole still %s is taken in",
      async (format) => {
        const owner = await someGuest();
        const file = await pictureFile(`holiday.${format}`, { format });
        const { picture, isNew } = await addPicture(owner.id, file);
        expect(isNew).toBe(true);
        expect(picture).toMatchObject({ width: 64, height: 48, mime: `image/${format}`, title: "holiday" });
        const { blob } = await db().picture.findUniqueOrThrow({ where: { id: picture.id } });
        expect(await storage().read(blob)).toEqual(file.bytes);
      },
    );
  },
  { only: "embedded" },
);
