/** Powers and logarithms of α = 2 in GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1 (0x11D), the field of ISO/IEC 18004. */
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = x;
  EXP[i + 255] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}

const multiply = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : EXP[LOG[a]! + LOG[b]!]!);

const generators = new Map<number, Uint8Array>();

/** Coefficients of Π (x − αⁱ), i < degree, highest power first, the leading 1 left out. */
function generator(degree: number): Uint8Array {
  const known = generators.get(degree);
  if (known) return known;
  let poly = new Uint8Array(degree);
  poly[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i++) {
    const next = new Uint8Array(degree);
    for (let j = 0; j < degree; j++) next[j] = multiply(poly[j]!, root) ^ (j + 1 < degree ? poly[j + 1]! : 0);
    poly = next;
    root = multiply(root, 2);
  }
  generators.set(degree, poly);
  return poly;
}

/** The check codewords of a block: remainder of data · x^count divided by the generator. Linear over GF(2). */
export function checkCodewords(data: Uint8Array, count: number): Uint8Array {
  const divisor = generator(count);
  const remainder = new Uint8Array(count);
  for (const byte of data) {
    const factor = byte ^ remainder[0]!;
    remainder.copyWithin(0, 1);
    remainder[count - 1] = 0;
    if (factor === 0) continue;
    const logFactor = LOG[factor]!;
    for (let i = 0; i < count; i++) {
      const d = divisor[i]!;
      if (d !== 0) remainder[i]! ^= EXP[LOG[d]! + logFactor]!;
    }
  }
  return remainder;
}
