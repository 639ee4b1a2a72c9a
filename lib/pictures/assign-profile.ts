import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** A PNG's signature and its first chunk. */
const HEAD_BYTES = 8 + 25;

/**
 * Says what a picture's numbers mean: opened with the profile, so that what is made of it is in sRGB. Sharp can convert
 * from a profile that a file carries and has no way to hand it one, so it gets a file.
 * @param icc an ICC profile; one that is not for RGB is left out.
 */
export async function assignProfile(picture: Sharp, icc: Buffer): Promise<Sharp> {
  if (icc.toString("latin1", 16, 20) !== "RGB ") return picture;
  const png = await picture.png({ compressionLevel: 0 }).toBuffer();
  return sharp(Buffer.concat([png.subarray(0, HEAD_BYTES), profileChunk(icc), png.subarray(HEAD_BYTES)]), {
    limitInputPixels: false,
  });
}

/** @source PNG, 11.3.2.3: a name, 0, the method 0, and the profile, deflated. */
function profileChunk(icc: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from("iCCPprofile\0\0"), deflateSync(icc)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
