import { beforeAll, describe, expect, test } from "vitest";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { DECODERS, type DecoderName } from "@/lib/qr/jury/decoder-names";
import type { Decoder } from "@/lib/qr/jury/decoders";
import { type Cell, judge, scoreOf } from "@/lib/qr/jury/judge";
import { cellsForLevel, LEVELS, type Level, passesLevel, shortOfAim } from "@/lib/qr/jury/levels";
import { SCENES } from "@/lib/qr/jury/scenes";
import type { Gray } from "@/lib/qr/raster";
import { plainCode } from "../support/plain-code";

const IMAGE: Gray = { width: 1, height: 1, data: Uint8ClampedArray.of(255) };
const scene = (name: string) => ({ name, apply: () => ({ ...IMAGE }) });

/** A reader that finds what `texts` say, scene by scene. */
function reader(name: DecoderName, texts: (string | null)[], unusedEcc: number | null = null): Decoder {
  let turn = 0;
  return {
    name,
    async read() {
      const text = texts[turn++] ?? null;
      return text === null ? null : { text, unusedEcc };
    },
  };
}

describe("judge", () => {
  const scenes = [scene("original"), scene("blur-1")];

  test("counts exact readings only, by reader and scene", async () => {
    const jury = [reader("zxing-local", ["text", "text "], 0.4), reader("jsqr", ["text", null])];
    const verdict = await judge(IMAGE, "text", jury, { scenes });
    expect(verdict.cells).toEqual([
      { decoder: "zxing-local", scene: "original", read: true, unusedEcc: 0.4 },
      { decoder: "jsqr", scene: "original", read: true, unusedEcc: null },
      { decoder: "zxing-local", scene: "blur-1", read: false, unusedEcc: null },
      { decoder: "jsqr", scene: "blur-1", read: false, unusedEcc: null },
    ]);
    expect(verdict.byDecoder).toEqual({
      "zxing-local": { read: 1, of: 2 },
      "zxing-histogram": { read: 0, of: 0 },
      zbar: { read: 0, of: 0 },
      jsqr: { read: 1, of: 2 },
    });
    expect(verdict.leastUnusedEcc).toBe(0.4);
    expect(verdict.score).toBe(scoreOf(verdict.cells));
  });

  test("judges only the cells that are asked for, and makes no scene that nobody looks at", async () => {
    const unseen = { name: "blur-1", apply: (): Gray => expect.unreachable() };
    const jury = [reader("zxing-local", ["text"]), reader("jsqr", ["text"])];
    const cells = [{ decoder: "jsqr" as const, scene: "original" }];
    const verdict = await judge(IMAGE, "text", jury, { scenes: [scenes[0]!, unseen], cells });
    expect(verdict.cells.map(({ decoder }) => decoder)).toEqual(["jsqr"]);
  });

  test("does not wait for a reader elsewhere before the next scene, and keeps the order of cells", async () => {
    let answer = () => {};
    const later = new Promise<null>((resolve) => {
      answer = () => resolve(null);
    });
    const far: Decoder = { name: "jsqr", read: () => later };
    let seen = 0;
    const near: Decoder = {
      name: "zbar",
      read: async () => {
        if (++seen === scenes.length) answer();
        return { text: "text", unusedEcc: null };
      },
    };
    const verdict = await judge(IMAGE, "text", [far, near], { scenes });
    expect(verdict.cells.map(({ decoder, read }) => [decoder, read])).toEqual(
      scenes.flatMap(() => [
        ["zbar", true],
        ["jsqr", false],
      ]),
    );
  });

  test("a reader that breaks down ends the sitting with its error", async () => {
    const broken: Decoder = { name: "jsqr", read: () => Promise.reject(new Error("gone")) };
    await expect(judge(IMAGE, "text", [broken], { scenes })).rejects.toThrow("gone");
  });

  test("gives up when the signal says so, also while it sits", async () => {
    const controller = new AbortController();
    const abort = () => {
      controller.abort(new Error("enough"));
      return IMAGE;
    };
    const slow = { ...scene("original"), apply: abort };
    await expect(
      judge(IMAGE, "text", [reader("jsqr", ["text"])], { scenes: [slow], signal: controller.signal }),
    ).rejects.toThrow("enough");
    await expect(
      judge(IMAGE, "text", [reader("jsqr", ["text"])], { signal: AbortSignal.abort(new Error("before")) }),
    ).rejects.toThrow("before");
  });

  test("the least error correction is of the cells that were read", async () => {
    const verdict = await judge(
      IMAGE,
      "text",
      [reader("zxing-local", ["text"], 0.8), reader("zxing-histogram", ["wrong"], 0.1)],
      { scenes: [scenes[0]!] },
    );
    expect(verdict.leastUnusedEcc).toBe(0.8);
  });
});

/** A whole verdict in which everything is read but `unread` ("decoder:scene"). */
function verdictBut(...unread: string[]): { cells: Cell[] } {
  const cells = SCENES.flatMap(({ name }) =>
    DECODERS.map((decoder) => ({
      decoder,
      scene: name,
      read: !unread.includes(`${decoder}:${name}`),
      unusedEcc: null,
    })),
  );
  return { cells };
}
const scenesOf = (decoder: DecoderName, from: number, to: number) =>
  SCENES.slice(from, to).map(({ name }) => `${decoder}:${name}`);

describe("score", () => {
  const whole = verdictBut().cells;
  const cell = (name: string) => [verdictBut(name).cells, scoreOf(verdictBut(name).cells)] as const;

  test("is 100 when all is read, 0 when nothing is, and of nothing", () => {
    expect(scoreOf(whole)).toBe(100);
    expect(scoreOf(whole.map((c) => ({ ...c, read: false })))).toBe(0);
    expect(scoreOf([])).toBe(0);
  });
  test("loses most for the picture as it is, and for the commonest reader", () => {
    expect(cell("jsqr:original")[1]).toBeLessThan(cell("jsqr:noise")[1]);
    expect(cell("jsqr:noise")[1]).toBeLessThan(cell("jsqr:tilt-45")[1]);
    expect(cell("zxing-local:noise")[1]).toBeLessThan(cell("zbar:noise")[1]);
  });
  test("takes off up to a quarter for error correction that is used up, nothing above grade A", () => {
    const withEcc = (unusedEcc: number) => scoreOf(whole.map((c) => ({ ...c, unusedEcc })));
    expect([withEcc(0), withEcc(0.31), withEcc(0.62), withEcc(1)]).toEqual([75, 87.5, 100, 100]);
  });
});

describe("levels", () => {
  const missing = (level: Level, ...unread: string[]) =>
    passesLevel(level, verdictBut(...unread), null).missing;

  test.each(LEVELS)("%s passes when all is read, and not when nothing was judged", (level) => {
    expect(passesLevel(level, verdictBut(), null)).toEqual({ pass: true, missing: [] });
    expect(passesLevel(level, { cells: [] }, null).pass).toBe(false);
  });

  test("art is zxing-local in 95 % of the scenes, whatever the others read", () => {
    const others = DECODERS.slice(1).flatMap((decoder) => scenesOf(decoder, 0, 17));
    expect(missing("art", ...others)).toEqual([]);
    expect(missing("art", "zxing-local:blur-2")).toEqual(["zxing-local:16/17"]);
  });

  test("balanced also wants zxing-histogram and jsQR undistorted, and jsQR in 70 %", () => {
    expect(missing("balanced", "zxing-local:noise")).toEqual(["zxing-local:16/17"]);
    expect(missing("balanced", "jsqr:original", "zxing-histogram:original")).toEqual([
      "zxing-histogram:original",
      "jsqr:original",
    ]);
    expect(missing("balanced", ...scenesOf("jsqr", 1, 6), ...scenesOf("zxing-histogram", 1, 17))).toEqual([]);
    expect(missing("balanced", ...scenesOf("jsqr", 1, 7))).toEqual(["jsqr:11/12"]);
  });

  test("everywhere wants all four undistorted, each in 80 % of what it reads of the plain code", () => {
    for (const decoder of DECODERS) {
      expect(missing("everywhere", `${decoder}:original`)).toEqual([`${decoder}:original`]);
      expect(missing("everywhere", ...scenesOf(decoder, 1, 4))).toEqual([]);
      expect(missing("everywhere", ...scenesOf(decoder, 1, 5))).toEqual([`${decoder}:13/14`]);
    }
    const plain = verdictBut(...scenesOf("zbar", 7, 17));
    const half = verdictBut(...scenesOf("zbar", 6, 17));
    expect(passesLevel("everywhere", half, plain).pass).toBe(true);
    expect(passesLevel("everywhere", verdictBut(...scenesOf("zbar", 5, 17)), plain).missing).toEqual([
      "zbar:5/6",
    ]);
  });

  test.each(LEVELS)("%s depends on its cells and on no other", (level) => {
    const named = new Set(cellsForLevel(level).map(({ decoder, scene: name }) => `${decoder}:${name}`));
    const all = DECODERS.flatMap((decoder) => scenesOf(decoder, 0, 17));
    expect(missing(level, ...all.filter((name) => !named.has(name)))).toEqual([]);
    expect([...named].every((name) => all.includes(name))).toBe(true);
    expect(named.size).toBe({ art: 17, balanced: 35, everywhere: 68 }[level]);
    expect(cellsForLevel(level)).toHaveLength(named.size);
  });

  test("aims beyond the level at what a centre dot is read by, and art at nothing more", () => {
    const short = (level: Level, ...unread: string[]) => shortOfAim(level, verdictBut(...unread), null);
    const bare = DECODERS.flatMap((decoder) => scenesOf(decoder, 0, 17));
    expect(short("art", ...bare)).toEqual([]);
    expect(short("balanced", ...scenesOf("jsqr", 1, 2), ...scenesOf("zbar", 1, 9))).toEqual([]);
    expect(short("balanced", ...scenesOf("jsqr", 1, 3))).toEqual(["jsqr:15/16"]);
    expect(short("everywhere", ...scenesOf("zxing-histogram", 1, 3))).toEqual(["zxing-histogram:15/16"]);
  });
});

describe("plain codes", () => {
  let decoders: readonly Decoder[];
  beforeAll(async () => {
    decoders = await loadDecoders();
  });

  // What the jury can't do with a plain code is its own fault, and is written down where the levels are.
  test.each([
    ["https://example.com/menu", 3, "M", []],
    ["扫一扫这个二维码看看今天的菜单有什么好吃的东西吧朋友们快来呀", 6, "L", []],
    ["https://example.com/menu", 12, "H", ["zbar:tilt-45"]],
  ] as const)(
    "%s, version %i-%s, is read in every scene but %j",
    async (text, version, ecc, known) => {
      const verdict = await judge(plainCode(text, { version, ecc }), text, decoders);
      expect(verdict.cells).toHaveLength(68);
      expect(verdict.cells.filter(({ read }) => !read).map((c) => `${c.decoder}:${c.scene}`)).toEqual(known);
      for (const level of LEVELS)
        expect(passesLevel(level, verdict, verdict)).toEqual({ pass: true, missing: [] });
    },
    60_000,
  );
});
