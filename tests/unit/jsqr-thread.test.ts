import { describe, expect, test } from "vitest";
import { jsqrThread } from "@/lib/codes/jsqr-thread";
import { plainCode } from "../support/plain-code";

const asImage = ({ data, width, height }: { data: Uint8ClampedArray; width: number; height: number }) => {
  const rgba = new Uint8ClampedArray(data.length * 4);
  data.forEach((grey, i) => {
    rgba.fill(grey, i * 4, i * 4 + 4);
  });
  return { data: rgba, width, height, colorSpace: "srgb" } as ImageData;
};

describe("jsQR on a thread of its own", () => {
  const read = jsqrThread();
  const texts = ["first", "second", "https://example.com/menu"];

  test("answers each caller with what its own picture says", async () => {
    const blank = asImage({ data: new Uint8ClampedArray(200 * 200).fill(255), width: 200, height: 200 });
    const pictures = texts.map((text) => asImage(plainCode(text, { size: 400 })));
    expect(await Promise.all([read(blank), ...pictures.map(read)])).toEqual([null, ...texts]);
  });

  test("rejects the pictures that it dies with, and reads the next one", async () => {
    const torn = {
      data: new Uint8ClampedArray(40),
      width: 400,
      height: 400,
      colorSpace: "srgb",
    } as ImageData;
    const beside = asImage(plainCode("beside", { size: 400 }));
    const both = await Promise.allSettled([read(torn), read(beside)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await read(beside)).toBe("beside");
  });
});
