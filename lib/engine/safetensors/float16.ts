let halves: Float32Array | undefined;

/** All 65,536 half-precision numbers as float32, by their bits: exact, subnormals, infinities and NaN included. */
export function halfTable(): Float32Array {
  if (halves) return halves;
  const bits = new Uint32Array(65_536);
  for (let half = 0; half < bits.length; half++) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 31;
    const mantissa = half & 0x3ff;
    if (exponent === 31) bits[half] = sign | 0x7f800000 | (mantissa << 13);
    else if (exponent > 0) bits[half] = sign | ((exponent + 112) << 23) | (mantissa << 13);
    else if (mantissa === 0) bits[half] = sign;
    else {
      const lead = 31 - Math.clz32(mantissa);
      bits[half] = sign | ((lead + 103) << 23) | ((mantissa << (23 - lead)) & 0x7fffff);
    }
  }
  halves = new Float32Array(bits.buffer);
  return halves;
}

/** float32 → half precision, to nearest, ties to even; too large a number becomes infinite. Both as bits. */
export function toHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const abs = bits & 0x7fffffff;
  if (abs > 0x7f800000) return sign | 0x7e00 | ((abs >>> 13) & 0x3ff);
  if (abs >= 0x477ff000) return sign | 0x7c00;
  if (abs >= 0x38800000) return sign | ((abs - 0x38000000 + 0xfff + ((abs >>> 13) & 1)) >>> 13);
  if (abs <= 0x33000000) return sign;
  // Subnormal, in units of 2⁻²⁴.
  const mantissa = (abs & 0x7fffff) | 0x800000;
  const shift = 126 - (abs >>> 23);
  const floor = mantissa >>> shift;
  const rest = mantissa - (floor << shift);
  const tie = 1 << (shift - 1);
  return sign | (rest > tie || (rest === tie && floor & 1) ? floor + 1 : floor);
}

/** float32 → bfloat16, to nearest, ties to even. Both as bits. */
export function toBfloat16(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

/** One byte of sign, exponent and mantissa as a number. E4M3 has no infinities (its "fn" kind); E5M2 is IEEE-like. */
export function float8(byte: number, kind: "F8_E4M3" | "F8_E5M2"): number {
  const mantissaBits = kind === "F8_E4M3" ? 3 : 2;
  const bias = kind === "F8_E4M3" ? 7 : 15;
  const sign = byte & 0x80 ? -1 : 1;
  const exponent = (byte & 0x7f) >>> mantissaBits;
  const mantissa = (byte & ((1 << mantissaBits) - 1)) / (1 << mantissaBits);
  if (kind === "F8_E4M3" && (byte & 0x7f) === 0x7f) return Number.NaN;
  if (kind === "F8_E5M2" && exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * mantissa * 2 ** (1 - bias) : sign * (1 + mantissa) * 2 ** (exponent - bias);
}
