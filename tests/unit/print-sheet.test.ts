import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { makePrintSheet } from "@/lib/codes/print-sheet";
import { circle, type Drawing, rect } from "@/lib/qr/drawing/drawing";

const drawing: Drawing = {
  sideModules: 29,
  background: [255, 255, 255],
  shapes: [
    rect(4, 4, 7, 7, [0, 0, 0]),
    circle(14.5, 14.5, 0.5, [200, 30, 40]),
    { kind: "path", fill: [0, 0, 0], steps: [["M", 20, 4], ["L", 22, 4], ["C", 22, 5, 21, 6, 20, 6], ["Z"]] },
  ],
};
const POINTS_PER_MM = 72 / 25.4;

/** Every compressed stream of a PDF as text. */
function streamsOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const start = bytes.indexOf("stream\n", at);
    if (start < 0) return parts.join("\n");
    const end = bytes.indexOf("\nendstream", start);
    try {
      parts.push(inflateSync(bytes.subarray(start + 7, end)).toString("latin1"));
    } catch {
      parts.push("(not compressed)");
    }
    at = end + 10;
  }
}

test("the page has the real size, the shapes are vectors", async () => {
  const { pdf, moduleMm, distanceMm, warnings } = await makePrintSheet(drawing, 4, {
    sizeMm: 58,
    title: "Menu",
  });
  expect(warnings).toEqual([]);
  expect(moduleMm).toBeCloseTo(2, 9);
  expect(distanceMm).toBeCloseTo(10 * 2 * 21, 9);
  const text = Buffer.from(pdf).toString("latin1");
  expect(text.startsWith("%PDF-")).toBe(true);
  const [, width, height] = text.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/)!;
  expect(Number(width) / POINTS_PER_MM).toBeCloseTo(78, 1);
  expect(height).toBe(width);
  const content = streamsOf(pdf);
  expect(content).toMatch(/4 4 7 7 re/);
  expect(content).toMatch(/22 5 21 6 20 6 c/);
  expect(content).not.toContain(" Do");
});

test("the same sheet is the same file", async () => {
  const make = () => makePrintSheet(drawing, 4, { sizeMm: 50, title: "中文", cropMarks: true, caption: "a" });
  expect(Buffer.from((await make()).pdf).equals(Buffer.from((await make()).pdf))).toBe(true);
});

test("crop marks stay outside the code", async () => {
  const without = streamsOf((await makePrintSheet(drawing, 4, { sizeMm: 50, title: "" })).pdf);
  const marked = streamsOf(
    (await makePrintSheet(drawing, 4, { sizeMm: 50, title: "", cropMarks: true })).pdf,
  );
  expect(without).not.toMatch(/ l\nS/);
  const ends = [...marked.matchAll(/^([\d.]+) ([\d.]+) [ml]\n/gm)].map(
    (m) => [Number(m[1]), Number(m[2])] as const,
  );
  // The first sixteen points are the eight marks; the drawing's own paths follow.
  for (const [x, y] of ends.slice(0, 16)) expect(x <= 8 || x >= 62 || y <= 8 || y >= 62).toBe(true);
});

test("modules below a third of a millimetre are warned of", async () => {
  const at = async (moduleMm: number) =>
    (await makePrintSheet(drawing, 4, { sizeMm: moduleMm * 29, title: "" })).warnings;
  expect(await at(0.34)).toEqual([]);
  expect(await at(0.32)).toEqual(["modules_small"]);
});

test("a caption is printed, or left out with a warning, never garbled", async () => {
  const plain = await makePrintSheet(drawing, 4, { sizeMm: 50, title: "", caption: "Grüße & <menu>" });
  expect(plain.warnings).toEqual([]);
  expect(streamsOf(plain.pdf)).toContain(" Tf");
  const chinese = await makePrintSheet(drawing, 4, { sizeMm: 50, title: "", caption: "菜单" });
  expect(chinese.warnings).toEqual(["caption_left_out"]);
  expect(streamsOf(chinese.pdf)).not.toContain(" Tf");
});

test("a picture is embedded once and clipped to its square", async () => {
  const raster = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(128) };
  const image = { kind: "image", x: 10, y: 10, side: 5, radius: 1, raster } as const;
  const { pdf } = await makePrintSheet({ ...drawing, shapes: [image] }, 4, { sizeMm: 50, title: "" });
  expect(streamsOf(pdf)).toMatch(/W n[\s\S]* Do/);
});
