import fc from "fast-check";
import jsQR from "jsqr";
import QRCode from "qrcode";
import { describe, expect, test } from "vitest";
import { blockPlan } from "@/lib/qr/encode/capacity";
import { type Code, ECC_LEVELS, QUIET_ZONE } from "@/lib/qr/encode/code";
import { chooseVersion, encode, textBits } from "@/lib/qr/encode/encode";
import { bestSegments, type Mode, singleSegment } from "@/lib/qr/encode/segments";

const MASKS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const SAMPLE: Record<Mode, string> = {
  numeric: "31415926535",
  alphanumeric: "HTTP://A.B/C 12%",
  byte: "naïve 二维码",
};

function reference(mode: Mode, text: string, version: number, ecc: string, mask: number): Uint8Array {
  const data = mode === "byte" ? new TextEncoder().encode(text) : text;
  const options = { version, errorCorrectionLevel: ecc, maskPattern: mask };
  return QRCode.create([{ data, mode }] as never, options as never).modules.data;
}

/** 4 pixels a module on white, for jsQR. */
function rgba(code: Code, scale = 4): { data: Uint8ClampedArray; side: number } {
  const side = (code.size + 2 * QUIET_ZONE) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const mx = Math.floor(x / scale) - QUIET_ZONE;
      const my = Math.floor(y / scale) - QUIET_ZONE;
      const inside = mx >= 0 && my >= 0 && mx < code.size && my < code.size;
      if (inside && code.modules[my * code.size + mx])
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { data, side };
}

const read = (code: Code): string | undefined => {
  const { data, side } = rgba(code);
  return jsQR(data, side, side, { inversionAttempts: "dontInvert" })?.data;
};

describe("encode", () => {
  for (const mode of ["numeric", "alphanumeric", "byte"] as const)
    test(`equals the reference module for module in ${mode} mode: every version, level and mask`, () => {
      let compared = 0;
      for (let version = 1; version <= 40; version++)
        for (const ecc of ECC_LEVELS)
          for (const mask of MASKS) {
            const text = version < 3 ? SAMPLE[mode].slice(0, 4) : SAMPLE[mode];
            const ours = encode(text, { version, ecc, mask, segments: singleSegment(text, mode) });
            const theirs = reference(mode, text, version, ecc, mask);
            if (ours.modules.some((m, i) => m !== theirs[i]))
              expect.fail(`${version}-${ecc} mask ${mask} differs`);
            compared++;
          }
      expect(compared).toBe(40 * 4 * 8);
    });

  test("a full symbol equals the reference: every level at the largest payload of versions 1, 9, 10, 26, 27, 40", () => {
    for (const version of [1, 9, 10, 26, 27, 40])
      for (const ecc of ECC_LEVELS) {
        const bytes = blockPlan(version, ecc).dataCodewords - (version < 10 ? 2 : 3);
        const text = "x".repeat(bytes);
        const ours = encode(text, { version, ecc, mask: 3 });
        expect(Buffer.compare(ours.modules, Buffer.from(reference("byte", text, version, ecc, 3)))).toBe(0);
        expect(() => encode(`${text}x`, { version, ecc })).toThrow(
          expect.objectContaining({ code: "text_too_long" }),
        );
      }
  });

  test("any Unicode text comes back from an independent decoder", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), (text) => {
        expect(read(encode(text))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test("mixed segments never take more bits than one byte segment, and are read back", () => {
    const piece = fc.oneof(
      fc.stringMatching(/^[0-9]{1,12}$/),
      fc.stringMatching(/^[A-Z .:/]{1,12}$/),
      fc.string({ minLength: 1, maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const text = pieces.join("");
        const bytes = new TextEncoder().encode(text).length;
        expect(textBits(text, 5)).toBeLessThanOrEqual(4 + 8 + bytes * 8);
        expect(bestSegments(text, 5).reduce((n, s) => n + s.bytes.length, 0)).toBe(bytes);
        expect(read(encode(text))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test("finds the shortest division by brute force over all divisions of short texts", () => {
    const cost = (text: string): number => {
      let best = Number.POSITIVE_INFINITY;
      const modes: Mode[] = ["numeric", "alphanumeric", "byte"];
      const walk = (rest: string, bits: number): void => {
        if (rest === "") best = Math.min(best, bits);
        for (let n = 1; n <= rest.length; n++)
          for (const mode of modes) {
            try {
              singleSegment(rest.slice(0, n), mode);
            } catch {
              continue;
            }
            const header = 4 + { numeric: 10, alphanumeric: 9, byte: 8 }[mode];
            const body =
              mode === "byte"
                ? 8 * n
                : mode === "alphanumeric"
                  ? Math.ceil(5.5 * n)
                  : Math.ceil((10 / 3) * n);
            walk(rest.slice(n), bits + header + body);
          }
      };
      walk(text, 0);
      return best;
    };
    for (const text of ["a1234567", "A1234567", "12345AB", "aB1CD234"])
      expect(textBits(text, 1)).toBe(cost(text));
  });

  test("chooses the smallest version, and the strongest level that it still holds", () => {
    expect(chooseVersion("12345")).toEqual({ version: 1, ecc: "H" });
    expect(chooseVersion("https://example.com/menu")).toEqual({ version: 2, ecc: "M" });
    expect(chooseVersion("x".repeat(2953))).toEqual({ version: 40, ecc: "L" });
  });

  test("says how many bytes are too many", () => {
    expect(() => encode("x".repeat(2960))).toThrow(
      expect.objectContaining({
        code: "text_too_long",
        details: expect.objectContaining({ excess: 7, limit: 2953 }),
      }),
    );
  });

  test("refuses empty text, lone surrogates and impossible options by code", () => {
    expect(() => encode("")).toThrow(expect.objectContaining({ code: "text_empty" }));
    expect(() => encode("a\ud800b")).toThrow(expect.objectContaining({ code: "text_not_encodable" }));
    expect(() => encode("a", { mask: 8 })).toThrow(expect.objectContaining({ code: "option_invalid" }));
    expect(() => singleSegment("12a", "numeric")).toThrow(
      expect.objectContaining({ code: "text_not_encodable" }),
    );
  });
});
