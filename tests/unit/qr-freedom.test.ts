import fc from "fast-check";
import jsQR from "jsqr";
import { describe, expect, test } from "vitest";
import { ECC_LEVELS, type Ecc, QUIET_ZONE, Role } from "@/lib/qr/encode/code";
import { chooseVersion, drawCode, encode, layMessage } from "@/lib/qr/encode/encode";
import { checkCodewords } from "@/lib/qr/encode/reed-solomon";
import { blockBasis, packCodewords } from "@/lib/qr/freedom/basis";
import { fitCode, type Wishes } from "@/lib/qr/freedom/fit-code";
import { plainRaster } from "@/lib/qr/make/plain";

/** Wishes as a picture has them: smooth stretches of dark and light, of uneven importance. */
function wishes(size: number, seed: number): Wishes {
  const dark = new Float32Array(size * size);
  const light = new Float32Array(size * size);
  for (let i = 0; i < dark.length; i++) {
    const wish = Math.sin((i % size) / 5 + seed) + Math.cos(Math.floor(i / size) / 4 - seed);
    dark[i] = Math.max(0, -wish);
    light[i] = Math.max(0, wish);
  }
  return { dark, light };
}

const costOf = (modules: Uint8Array, roles: Uint8Array, { dark, light }: Wishes): number =>
  modules.reduce(
    (sum, module, i) =>
      roles[i] === Role.data || roles[i] === Role.remainder ? sum + (module ? dark : light)[i]! : sum,
    0,
  );

describe("blockBasis", () => {
  test("rows are codewords, each pivot is in its own row alone, and the most wanted bits come first", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: 2, max: 28 }),
        fc.nat(),
        (data, check, seed) => {
          const bits = (data + check) * 8;
          const order = Uint32Array.from({ length: bits }, (_, i) => i).sort(
            (a, b) => ((a * 7919 + seed) % 1009) - ((b * 7919 + seed) % 1009) || a - b,
          );
          const firstFree = (seed % data) * 8;
          const { rows, pivots } = blockBasis(data, check, firstFree, order);
          expect(rows.length).toBe(data * 8 - firstFree);
          const bitOf = (row: Uint32Array, bit: number) => (row[bit >> 5]! >>> (bit & 31)) & 1;
          rows.forEach((row, i) => {
            const bytes = new Uint8Array(data);
            for (let b = 0; b < data * 8; b++) bytes[b >> 3]! |= bitOf(row, b) << (7 - (b & 7));
            expect([...row]).toEqual([...packCodewords(bytes, checkCodewords(bytes, check))]);
            for (let b = 0; b < firstFree; b++) expect(bitOf(row, b)).toBe(0);
            for (const [j, pivot] of pivots.entries()) expect(bitOf(row, pivot)).toBe(i === j ? 1 : 0);
          });
          const places = [...pivots].map((pivot) => order.indexOf(pivot));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("fitCode", () => {
  const ecc = fc.constantFrom<Ecc>(...ECC_LEVELS);
  const text = fc.oneof(
    fc.webUrl({ size: "small" }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.stringMatching(/^[0-9A-Z]{1,60}$/),
  );

  test("says exactly the text, whatever the picture wants, and never costs more than the plain padding", () => {
    fc.assert(
      fc.property(text, ecc, fc.integer({ min: 0, max: 6 }), fc.nat(99), (said, level, more, seed) => {
        const version = Math.min(40, chooseVersion(said, { ecc: level }).version + more);
        const message = layMessage(said, version, level);
        const wanted = wishes(17 + 4 * version, seed);
        const { code, cost, freeBits } = fitCode(message, wanted);
        const { data, width } = plainRaster(code, (code.size + 2 * QUIET_ZONE) * 4);
        expect(jsQR(data, width, width, { inversionAttempts: "dontInvert" })?.data).toBe(said);
        expect(freeBits).toBe(message.bits.length - message.fixedBits);
        expect(cost).toBeCloseTo(costOf(code.modules, code.roles, wanted), 2);
        for (let mask = 0; mask < 8; mask++) {
          const plain = drawCode(message, mask);
          expect(cost).toBeLessThanOrEqual(costOf(plain.modules, plain.roles, wanted) + 1e-3);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("function patterns are those of any code of that version, level and mask", () => {
    const message = layMessage("https://example.com/menu", 7, "M");
    const { code } = fitCode(message, wishes(45, 3));
    const plain = encode("https://example.com/menu", { version: 7, ecc: "M", mask: code.mask });
    code.roles.forEach((role, i) => {
      if (role !== Role.data && role !== Role.remainder) expect(code.modules[i]).toBe(plain.modules[i]);
    });
  });

  test("a 24-character link in version 6-L leaves at most a fifth of the modules against the picture", () => {
    const message = layMessage("https://example.com/menu", 6, "L");
    const wanted = wishes(41, 1);
    const { code } = fitCode(message, wanted);
    let against = 0;
    let data = 0;
    code.roles.forEach((role, i) => {
      if (role !== Role.data) return;
      data++;
      if (wanted.dark[i]! < wanted.light[i]! !== (code.modules[i] === 1)) against++;
    });
    expect(against / data).toBeLessThan(0.2);
  });

  test("is the same every time", () => {
    const message = layMessage("same", 5, "Q");
    const [a, b] = [fitCode(message, wishes(37, 2)), fitCode(message, wishes(37, 2))];
    expect(Buffer.compare(a.code.modules, b.code.modules)).toBe(0);
    expect(a.code.mask).toBe(b.code.mask);
  });
});
