import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { DECODERS } from "@/lib/qr/jury/decoder-names";
import type { Decoder } from "@/lib/qr/jury/decoders";
import { plainCode } from "../support/plain-code";
import { forDataModules } from "../support/qr-random-grey";

let decoders: readonly Decoder[];

beforeAll(async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new Error("the jury never fetches")));
  decoders = await loadDecoders();
});
afterEach(() => vi.restoreAllMocks());

const texts = (image: Parameters<Decoder["read"]>[0]) =>
  Promise.all(decoders.map(async (decoder) => (await decoder.read(image))?.text));

test("the jury has all four readers, started once a thread", async () => {
  expect(decoders.map(({ name }) => name)).toEqual(DECODERS);
  expect(await loadDecoders()).toBe(decoders);
});

test.each([
  "https://example.com/menu",
  "你",
  "扫一扫这个二维码看看今天的菜单",
  "naïve café ½ 😀 Привет",
  "\ufeffa byte order mark is text",
  "MATMSG:TO:a@b.c;SUB:x;\r\n\tend ",
])("all four read exactly %j", async (text) => {
  expect(await texts(plainCode(text, { size: 400 }))).toEqual([text, text, text, text]);
});

test("nobody reads an empty picture, or a code light on dark", async () => {
  const nobody = [undefined, undefined, undefined, undefined];
  const size = 300;
  expect(
    await texts({ width: size, height: size, data: new Uint8ClampedArray(size * size).fill(255) }),
  ).toEqual(nobody);
  expect(await texts(plainCode("inverted", { size, dark: 255, light: 0 }))).toEqual(nobody);
});

test("zxing tells how much error correction is left, the others do not", async () => {
  const code = plainCode("https://example.com/menu", { version: 4, ecc: "H", size: 600 });
  const margins = async () =>
    Promise.all(decoders.map(async (decoder) => (await decoder.read({ ...code }))?.unusedEcc));
  expect(await margins()).toEqual([1, 1, null, null]);
  let turned = 0;
  forDataModules(code, (column, row, isDark) => {
    if (column < 30 || turned >= 3) return;
    turned++;
    for (let y = code.edge(row); y < code.edge(row + 1); y++) {
      code.data.fill(
        isDark ? 255 : 0,
        y * code.width + code.edge(column),
        y * code.width + code.edge(column + 1),
      );
    }
  });
  const [local, histogram, ...others] = await margins();
  expect(local).toBe(histogram);
  expect(local).toBeGreaterThan(0.5);
  expect(local).toBeLessThan(1);
  expect(others).toEqual([null, null]);
});

test("reading leaves the picture as it was", async () => {
  const code = plainCode("untouched", { size: 300 });
  const before = code.data.slice();
  await texts(code);
  expect(code.data).toEqual(before);
});
