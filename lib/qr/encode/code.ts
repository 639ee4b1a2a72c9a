/** Error correction levels, weakest first: about 7, 15, 25 and 30 % of a symbol's codewords can be wrong. */
export const ECC_LEVELS = ["L", "M", "Q", "H"] as const;
export type Ecc = (typeof ECC_LEVELS)[number];

/** What a module is for. Only `data` modules are covered by Reed–Solomon; all others are drawn as they are. */
export const Role = {
  data: 0,
  finder: 1,
  separator: 2,
  timing: 3,
  alignment: 4,
  format: 5,
  version: 6,
  /** Remainder bits after the last codeword: no reader looks at them, so they are free to be either. */
  remainder: 7,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

/** A finished symbol without its quiet zone. */
export interface Code {
  /** 1 … 40. */
  readonly version: number;
  readonly ecc: Ecc;
  /** 0 … 7. */
  readonly mask: number;
  /** Modules a side: 17 + 4 · version. */
  readonly size: number;
  /** 1 = dark, row-major, `size * size`. */
  readonly modules: Uint8Array;
  /** A `Role` a module, row-major. */
  readonly roles: Uint8Array;
}

/** Modules of plain light margin that the standard asks for on every side. */
export const QUIET_ZONE = 4;

export const sizeOfVersion = (version: number): number => 17 + 4 * version;
