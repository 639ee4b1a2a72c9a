import { QrError } from "../qr-error";
import { blockPlan, fittingPlans } from "./capacity";
import { type Code, type Ecc, Role } from "./code";
import { drawFormat, interleave, layoutOf } from "./layout";
import { maskInverts, maskPenalty } from "./mask";
import { checkCodewords } from "./reed-solomon";
import { bestSegments, type Segment, segmentBits, textBytes, writeSegments } from "./segments";

/** A text laid out as data bits for one version and level: `bits` up to and including the terminator are fixed. */
export interface Message {
  readonly version: number;
  readonly ecc: Ecc;
  /** All data bits of the symbol, one an element, standard padding (0xEC, 0x11) in the free part. */
  readonly bits: Uint8Array;
  /** From here on no reader looks: the free bits are `bits.length - fixedBits`. */
  readonly fixedBits: number;
}

export interface EncodeOptions {
  readonly version?: number | "auto";
  readonly ecc?: Ecc | "auto";
  /** 0 … 7, or the one with the standard's least penalty. */
  readonly mask?: number | "auto";
  /** Announce UTF-8 by an ECI designator; see `needsEci`. */
  readonly eci?: boolean;
  /** Segments to use instead of the shortest ones. */
  readonly segments?: readonly Segment[];
}

/**
 * Whether UTF-8 should be announced: for anything beyond ASCII. The jury's readers take such texts with and without
 * the designator; readers that guess (zbar by default) take 你好 and café for Shift-JIS or Big5 without it.
 */
export const needsEci = (text: string): boolean => /[^\0-\x7f]/.test(text);

/** Bits of a text in its shortest division at a version. */
export function textBits(text: string, version: number, eci = false): number {
  return segmentBits(bestSegments(text, version), version, eci);
}

/**
 * Lays a text out for a version and level.
 * @throws QrError text_empty · text_not_encodable · version_too_small with how many bits too many.
 */
export function layMessage(text: string, version: number, ecc: Ecc, options: EncodeOptions = {}): Message {
  const eci = options.eci ?? false;
  const segments = options.segments ?? bestSegments(text, version);
  const capacity = blockPlan(version, ecc).dataCodewords * 8;
  const needed = segmentBits(segments, version, eci);
  if (needed > capacity)
    throw new QrError(
      "version_too_small",
      `version ${version}-${ecc} holds ${capacity} bits, ${needed} needed`,
      {
        version,
        ecc,
      },
    );
  const bits = new Uint8Array(capacity);
  bits.set(writeSegments(segments, version, eci));
  const fixedBits = Math.min(needed + 4, capacity);
  const padStart = Math.min(Math.ceil(fixedBits / 8) * 8, capacity);
  for (let i = padStart; i < capacity; i++) {
    const pad = ((i - padStart) >> 3) % 2 === 0 ? 0xec : 0x11;
    bits[i] = (pad >> (7 - (i & 7))) & 1;
  }
  return { version, ecc, bits, fixedBits };
}

/** Smallest version, and within it the strongest level, that holds a text. @throws QrError text_too_long */
export function chooseVersion(text: string, options: EncodeOptions = {}): { version: number; ecc: Ecc } {
  const { version = "auto", ecc = "auto", eci = false } = options;
  const groups = new Map<number, readonly Segment[]>();
  const bitsAt = (v: number): number => {
    const group = v < 10 ? 9 : v < 27 ? 26 : 40;
    const segments = options.segments ?? groups.get(group) ?? bestSegments(text, group);
    groups.set(group, segments);
    return segmentBits(segments, v, eci);
  };
  const fitting = fittingPlans(bitsAt);
  const chosen = fitting.find(
    (p) => (version === "auto" || p.version === version) && (ecc === "auto" || p.ecc === ecc),
  );
  if (chosen) return chosen;
  const largest = version === "auto" ? 40 : version;
  const weakest = ecc === "auto" ? "L" : ecc;
  const capacityBits = blockPlan(largest, weakest).dataCodewords * 8;
  const bytes = textBytes(text).length;
  const bits = bitsAt(largest);
  // Longer than a count field can say: the bytes themselves tell.
  const excess = Math.ceil(((Number.isFinite(bits) ? bits : bytes * 8 + 20) - capacityBits) / 8);
  throw new QrError(
    "text_too_long",
    `the text is ${excess} bytes too long for version ${largest}-${weakest}`,
    {
      excess,
      limit: bytes - excess,
      version: largest,
      ecc: weakest,
    },
  );
}

/** Data bits → the interleaved codeword stream, one bit an element, check codewords computed. */
function toStream(message: Message): Uint8Array {
  const plan = blockPlan(message.version, message.ecc);
  const stream = new Uint8Array(plan.totalCodewords * 8);
  let start = 0;
  interleave(plan).forEach((places, b) => {
    const dataCount = plan.blocks[b]!;
    const data = new Uint8Array(dataCount);
    for (let i = 0; i < dataCount * 8; i++) data[i >> 3]! |= message.bits[start * 8 + i]! << (7 - (i & 7));
    const codewords = [...data, ...checkCodewords(data, plan.checkPerBlock)];
    codewords.forEach((codeword, i) => {
      for (let bit = 0; bit < 8; bit++) stream[places[i]! * 8 + bit] = (codeword >> (7 - bit)) & 1;
    });
    start += dataCount;
  });
  return stream;
}

/** Draws a message under a mask. `remainder` bits take the mask alone, as the standard's zeros do. */
export function drawCode(message: Message, mask: number): Code {
  const { version, ecc } = message;
  const layout = layoutOf(version);
  const modules = layout.base.slice();
  const bits = toStream(message);
  layout.stream.forEach((index, i) => {
    modules[index] =
      (bits[i] ?? 0) ^ Number(maskInverts(mask, index % layout.size, Math.floor(index / layout.size)));
  });
  drawFormat(modules, layout.size, ecc, mask);
  return { version, ecc, mask, size: layout.size, modules, roles: layout.roles };
}

/** A plain code of a text, as any encoder would make it. @throws QrError as `chooseVersion` and `layMessage` */
export function encode(text: string, options: EncodeOptions = {}): Code {
  const { version, ecc } = chooseVersion(text, options);
  const message = layMessage(text, version, ecc, options);
  if (typeof options.mask === "number") {
    if (!Number.isInteger(options.mask) || options.mask < 0 || options.mask > 7)
      throw new QrError("option_invalid", `mask ${options.mask} is not within 0 … 7`, { option: "mask" });
    return drawCode(message, options.mask);
  }
  const codes = Array.from({ length: 8 }, (_, mask) => drawCode(message, mask));
  const penalties = codes.map((code) => maskPenalty(code.modules, code.size));
  return codes[penalties.indexOf(Math.min(...penalties))]!;
}

/** Whether a module is covered by Reed–Solomon or ignored, and so may be chosen to suit the picture. */
export const isFree = (role: number): boolean => role === Role.data || role === Role.remainder;
