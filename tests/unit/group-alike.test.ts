import fc from "fast-check";
import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { describe, expect, test } from "vitest";
import { fingerprintOf } from "@/lib/pictures/fingerprint";
import { type Fingerprinted, groupAlike, MOST_BITS } from "@/lib/pictures/group-alike";
import { inspectPicture } from "@/lib/pictures/inspect-picture";
import { drawThing, THINGS } from "../support/world";

const hex = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const text = (bits: bigint): string => bits.toString(16).padStart(16, "0");
const ones = (bits: bigint): number => [...bits.toString(2)].filter((bit) => bit === "1").length;
const GREY = Buffer.from(rgbaToThumbHash(2, 2, new Uint8Array(16).fill(127))).toString("base64");
const of = (id: number, bits: bigint): Fingerprinted => ({
  thumbhash: GREY,
  id: `${id}`,
  fingerprint: text(bits),
  width: 4,
  height: 3,
});

describe("groups of pictures that are nearly the same", () => {
  test("are those that comparing each with each finds", () => {
    const near = fc.tuple(
      hex,
      fc.array(fc.array(fc.nat(63), { maxLength: 5 }), { minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(near, { maxLength: 5 }), (families) => {
        const all = families.flatMap(([base, changes]) =>
          changes.map((flips) => flips.reduce((bits, at) => bits ^ (1n << BigInt(at)), base)),
        );
        const pictures = all.map((bits, i) => of(i, bits)).filter((_, i) => ones(all[i]!) >= 5);
        const groups = groupAlike(pictures).map((group) => new Set(group.map(({ id }) => id)));
        for (const a of pictures)
          for (const b of pictures) {
            const apart = ones(BigInt(`0x${a.fingerprint}`) ^ BigInt(`0x${b.fingerprint}`));
            if (a === b || apart > MOST_BITS) continue;
            expect(groups.some((group) => group.has(a.id) && group.has(b.id))).toBe(true);
          }
        expect(groups.every((group) => group.size > 1)).toBe(true);
        expect(new Set(groups.flatMap((group) => [...group])).size).toBe(
          groups.reduce((sum, { size }) => sum + size, 0),
        );
      }),
    );
  });

  test("are not of one grey, nor of another shape", () => {
    expect(groupAlike([of(0, 0n), of(1, 0n), of(2, 7n), of(3, 7n)])).toEqual([]);
    const wide = of(0, 0xff00ff00ff00ff00n);
    expect(groupAlike([wide, { ...wide, id: "1", width: 3 }])).toEqual([]);
  });

  test("are not of pictures whose lines alone are alike", () => {
    const [red, blue] = [
      [200, 40, 40, 255],
      [40, 40, 200, 255],
    ].map((colour) =>
      Buffer.from(
        rgbaToThumbHash(2, 2, Uint8Array.from([...colour, ...colour, ...colour, ...colour])),
      ).toString("base64"),
    );
    const bits = 0xff00ff00ff00ff00n;
    expect(
      groupAlike([
        { ...of(0, bits), thumbhash: red! },
        { ...of(1, bits), thumbhash: blue! },
      ]),
    ).toEqual([]);
  });

  test("hold copies of other sizes, qualities and brightness, and keep different drawings apart", async () => {
    const pictures: Fingerprinted[] = [];
    for (const thing of THINGS) {
      const drawn = sharp(await drawThing(thing));
      const copies = [
        drawn.clone().png(),
        drawn.clone().resize(640).jpeg({ quality: 70 }),
        drawn.clone().resize(96).webp({ quality: 60 }),
        drawn.clone().modulate({ brightness: 1.08 }).jpeg({ quality: 90 }),
      ];
      for (const [i, copy] of copies.entries()) {
        const { fingerprint, thumbhash, width, height } = await inspectPicture(await copy.toBuffer());
        pictures.push({ id: `${thing} ${i}`, fingerprint, thumbhash, width, height });
      }
    }
    const groups = groupAlike(pictures).map((group) => group.map(({ id }) => id.split(" ")[0]));
    for (const group of groups) expect(new Set(group).size).toBe(1);
    expect(groups.flat().length).toBeGreaterThanOrEqual(0.9 * pictures.length);
  });

  test("a fingerprint tells where it gets darker", () => {
    const ramp = Uint8Array.from({ length: 90 * 8 * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : 255 - Math.floor((i / 4) % 90),
    );
    expect(fingerprintOf({ data: ramp, width: 90, height: 8 })).toBe("f".repeat(16));
    expect(
      fingerprintOf({ data: ramp.toReversed().map((v, i) => (i % 4 === 3 ? 255 : v)), width: 90, height: 8 }),
    ).toBe("0".repeat(16));
  });
});
