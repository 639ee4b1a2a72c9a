import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { termPattern } from "@/lib/db/term-pattern";
import { type LabelFont, openLabelFont } from "@/lib/drawing/label-font";
import { greyPlane } from "@/lib/reading/grey-plane";
import { lineWith } from "@/lib/reading/line-with";
import { readLines } from "@/lib/reading/read-lines";
import { readText } from "@/lib/reading/read-text";
import { textRows } from "@/lib/reading/text-rows";
import { drawThing, THINGS } from "../support/world";

let font: LabelFont;
beforeAll(async () => {
  font = await openLabelFont();
});

interface Written {
  readonly lines: readonly string[];
  readonly sizePx: number;
  readonly ink: string;
  readonly ground: string;
  /** A sample picture beneath. */
  readonly photo?: string;
}

/** A picture of 1200 by 900 with lines of text. */
async function written({ lines, sizePx, ink, ground, photo }: Written): Promise<Buffer> {
  const paths = lines.map(
    (line, i) => `<path fill="${ink}" d="${font.outline(line, 140, 300 + i * 1.6 * sizePx, sizePx)}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">
    <rect x="90" y="180" width="1020" height="500" fill="${ground}"/>${paths.join("")}</svg>`;
  const under = photo
    ? sharp(`public/samples/${photo}.webp`).resize(1200, 900)
    : sharp({ create: { width: 1200, height: 900, channels: 3, background: ground } });
  return under
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 85 })
    .toBuffer();
}

const PAGE = ["Three boxes of green apples", "were sold before noon"];
const WRITTEN: Readonly<Record<string, Written>> = {
  "a page": { lines: PAGE, sizePx: 28, ink: "#222", ground: "#f7f3e8" },
  "a dark screen": { lines: PAGE, sizePx: 22, ink: "#d7dbe2", ground: "#17191f" },
  "a sign on a photograph": {
    lines: ["No Parking"],
    sizePx: 96,
    ink: "#fff",
    ground: "#0a5c36",
    photo: "dawn",
  },
  "words on a photograph": {
    ...{ lines: ["Summer at the lake"], sizePx: 54, ink: "#fff" },
    ...{ ground: "transparent", photo: "aurora" },
  },
};

describe("where text may be", () => {
  test.each(Object.entries(WRITTEN))("rows are found in %s, where they are", async (_, what) => {
    const rows = textRows(await greyPlane(await written(what)));
    for (const [i, line] of what.lines.entries()) {
      const [x, y] = [140 + font.widthOf(line, what.sizePx) / 2, 300 + (i * 1.6 - 0.3) * what.sizePx];
      const isThere = rows.some((row) => row.left < x && row.right > x && row.top < y && row.bottom > y);
      expect([line, isThere]).toEqual([line, true]);
    }
  });

  test("in Chinese, too", async () => {
    const rows = textRows(await greyPlane(await readFile("tests/golden/reading/notice.jpg")));
    expect(rows.some(({ top, bottom }) => top > 300 && bottom < 390)).toBe(true);
  });

  test("of drawings of things hardly any is read in vain, and plain pictures never", async () => {
    const tried = [];
    for (const thing of THINGS)
      if (textRows(await greyPlane(await drawThing(thing))).length > 0) tried.push(thing);
    expect(tried.length).toBeLessThanOrEqual(1);
    for (const name of ["silk", "wave", "still-life", "dawn", "aurora"])
      expect(textRows(await greyPlane(await readFile(`public/samples/${name}.webp`)))).toEqual([]);
  });

  test.each([
    [1, 1],
    [3, 900],
    [2000, 1],
  ])("pictures of %i × %i are harmless", async (width, height) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: "#808080" } })
      .png()
      .toBuffer();
    expect(textRows(await greyPlane(bytes))).toEqual([]);
  });
});

describe("reading", () => {
  test.each(Object.entries(WRITTEN))("says what stands in %s", async (_, what) => {
    expect(await readText(await greyPlane(await written(what)))).toBe(what.lines.join("\n"));
  });

  test("reads both languages in one picture, Chinese without spaces", async () => {
    const text = await readText(await greyPlane(await readFile("tests/golden/reading/notice.jpg")));
    expect(text).toBe("Garden Cafe\nopens at nine\n花园咖啡馆九点开门\n今天免费参观");
  });

  test.each(["balloons", "cat", "meadow", "portrait", "riviera"])(
    "finds no text where there is none, though it may look like it: %s",
    async (name) => {
      expect(await readText(await greyPlane(await readFile(`public/samples/${name}.webp`)))).toBe("");
    },
  );
});

describe("lines as Tesseract writes them", () => {
  const row = (line: number, confidence: number, text: string, left = 10) =>
    `5\t1\t1\t1\t${line}\t1\t${left}\t20\t30\t12\t${confidence}\t${text}`;

  test("words it is not sure of, lines of them, and what is no text are left out", () => {
    const tsv = [
      "1\t1\t0\t0\t0\t0\t0\t0\t900\t600\t-1\t",
      ...[row(1, 90, "|"), row(1, 96, "Open", 50), row(1, 30, "x9f", 90), row(1, 91, "today", 130)],
      ...[row(1, 80, "=", 200), row(2, 62, "Brr"), row(2, 20, "ll|lqpw"), row(3, 95, "~~"), row(4, 95, "7")],
      ...[row(5, 95, "A"), row(6, 88, "12.50"), row(7, 95, " ")],
    ].join("\n");
    expect(readLines(tsv)).toEqual([
      { text: "Open today", left: 50, top: 20, right: 160, bottom: 32 },
      { text: "12.50", left: 10, top: 20, right: 40, bottom: 32 },
    ]);
  });

  test("Chinese words stand beside each other; beside Latin ones there is a space", () => {
    const tsv = ["第", "九", "站台", "，", "Gate", "9", "出口"].map((text) => row(1, 90, text)).join("\n");
    expect(readLines(tsv)[0]!.text).toBe("第九站台， Gate 9 出口");
  });
});

describe("what was found", () => {
  test("is shown by the line with the most of the words, cut around them", () => {
    const text = "Green tea 4.31\nGreen apples and 红茶\nTotal";
    expect(lineWith(text, ["apples", "green"])).toBe("Green apples and 红茶");
    expect(lineWith("红 茶 两杯", ["红茶"])).toBe("红 茶 两杯");
    const long = `${"so it goes on ".repeat(40)}until the lighthouse ${"and further on ".repeat(40)}`;
    const shown = lineWith(long, ["lighthouse"]);
    expect(shown).toMatch(/^…[^…]*lighthouse[^…]*…$/);
    expect(shown.length).toBeLessThan(170);
  });

  test("terms are looked for literally, Chinese ones across lines", () => {
    expect(termPattern("(50")).toBe("\\(50");
    expect(termPattern("rom")).toBe("\\mrom");
    expect(termPattern("红茶 A")).toBe("红\\s*茶 A");
  });
});
