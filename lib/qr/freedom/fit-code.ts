import { blockPlan } from "../encode/capacity";
import { type Code, Role } from "../encode/code";
import type { Message } from "../encode/encode";
import { drawFormat, interleave, layoutOf } from "../encode/layout";
import { maskInverts } from "../encode/mask";
import { checkCodewords } from "../encode/reed-solomon";
import { type BlockBasis, blockBasis, packCodewords } from "./basis";

/**
 * What it would cost the picture to draw each module dark or light, in any one unit; row-major, `size * size`.
 * Only the difference of the two decides which bit a module would rather be.
 */
export interface Wishes {
  readonly dark: Float32Array;
  readonly light: Float32Array;
}

export interface Fitted {
  readonly code: Code;
  /** Σ over data and remainder modules of the cost of what was drawn. */
  readonly cost: number;
  /** Bits that were free to choose (padding), of all data bits. */
  readonly freeBits: number;
}

interface Block {
  /** Module index of each bit of the block's codewords, data first. */
  readonly modules: Uint32Array;
  readonly base: Uint32Array;
  readonly basis: BlockBasis;
}

export interface FitOptions {
  /** Masks that may be used; all by default. */
  readonly masks?: readonly number[];
  /** 0 takes the best mask, 1 the next best …, for another code of the same text and picture; wraps around. */
  readonly rank?: number;
}

/**
 * Draws a message so that the free bits (the padding that no reader shows) agree with the picture as well as they can,
 * under the best of the masks. The payload is exactly the message's.
 */
export function fitCode(message: Message, wishes: Wishes, options: FitOptions = {}): Fitted {
  const { masks = [0, 1, 2, 3, 4, 5, 6, 7], rank = 0 } = options;
  const layout = layoutOf(message.version);
  // Positive: the module would rather be dark. The same for all masks, and so is the order in which bits are settled.
  const gain = Float64Array.from(wishes.dark, (dark, i) => wishes.light[i]! - dark);
  const blocks = prepareBlocks(message, layout.stream, gain);
  const freeBits = blocks.reduce((n, block) => n + block.basis.rows.length, 0);
  const fitted = masks.map((mask): Fitted => {
    const modules = layout.base.slice();
    for (const block of blocks) settle(block, mask, layout.size, gain, modules);
    for (const index of layout.stream)
      if (layout.roles[index] === Role.remainder) modules[index] = gain[index]! > 0 ? 1 : 0;
    drawFormat(modules, layout.size, message.ecc, mask);
    let cost = 0;
    for (const index of layout.stream) cost += (modules[index] ? wishes.dark : wishes.light)[index]!;
    const { version, ecc } = message;
    return { code: { version, ecc, mask, size: layout.size, modules, roles: layout.roles }, cost, freeBits };
  });
  fitted.sort((a, b) => a.cost - b.cost || a.code.mask - b.code.mask);
  return fitted[rank % fitted.length]!;
}

function prepareBlocks(message: Message, stream: Uint32Array, gain: Float64Array): Block[] {
  const plan = blockPlan(message.version, message.ecc);
  let start = 0;
  return interleave(plan).map((places, b) => {
    const dataCount = plan.blocks[b]!;
    const modules = new Uint32Array(places.length * 8);
    places.forEach((place, i) => {
      for (let bit = 0; bit < 8; bit++) modules[i * 8 + bit] = stream[place * 8 + bit]!;
    });
    const data = new Uint8Array(dataCount);
    for (let i = 0; i < dataCount * 8; i++) data[i >> 3]! |= message.bits[start * 8 + i]! << (7 - (i & 7));
    const firstFree = Math.min(Math.max(message.fixedBits - start * 8, 0), dataCount * 8);
    const order = Uint32Array.from(modules.keys()).sort((p, q) => {
      // Equal wishes keep the block's order, so that the result is the same on every machine.
      const by = Math.abs(gain[modules[q]!]!) - Math.abs(gain[modules[p]!]!);
      return by === 0 ? p - q : by;
    });
    start += dataCount;
    return {
      modules,
      base: packCodewords(data, checkCodewords(data, plan.checkPerBlock)),
      basis: blockBasis(dataCount, plan.checkPerBlock, firstFree, order),
    };
  });
}

/** Chooses one block's codeword and draws it. */
function settle(block: Block, mask: number, size: number, gain: Float64Array, modules: Uint8Array): void {
  const { basis } = block;
  const bits = block.modules.length;
  // What it would gain to have bit i set: the module's wish, seen through the mask.
  const wish = new Float64Array(basis.words * 32);
  for (let i = 0; i < bits; i++) {
    const index = block.modules[i]!;
    wish[i] = maskInverts(mask, index % size, Math.floor(index / size)) ? -gain[index]! : gain[index]!;
  }
  const codeword = block.base.slice();
  const add = (row: Uint32Array): void => {
    for (let w = 0; w < basis.words; w++) codeword[w]! ^= row[w]!;
  };
  basis.rows.forEach((row, i) => {
    const pivot = basis.pivots[i]!;
    const set = ((codeword[pivot >> 5]! >>> (pivot & 31)) & 1) === 1;
    if (set !== wish[pivot]! > 0) add(row);
  });
  improve(codeword, basis, wish, add);
  for (let i = 0; i < bits; i++) {
    const index = block.modules[i]!;
    const inverted = maskInverts(mask, index % size, Math.floor(index / size));
    modules[index] = ((codeword[i >> 5]! >>> (i & 31)) & 1) ^ Number(inverted);
  }
}

/**
 * Descends from the greedy choice: gives up a settled bit wherever the bits that move with it are worth more
 * (ordered-statistics decoding of order 1, repeated until nothing gains).
 * @source Fossorier & Lin, "Soft-decision decoding of linear block codes based on ordered statistics", 1995.
 */
function improve(
  codeword: Uint32Array,
  basis: BlockBasis,
  wish: Float64Array,
  add: (row: Uint32Array) => void,
): void {
  for (let changed = true, round = 0; changed && round < 8; round++) {
    changed = false;
    for (const row of basis.rows) {
      let gained = 0;
      for (let w = 0; w < basis.words; w++) {
        let word = row[w]!;
        const now = codeword[w]!;
        while (word !== 0) {
          const low = 31 - Math.clz32(word & -word);
          gained += (now >>> low) & 1 ? -wish[w * 32 + low]! : wish[w * 32 + low]!;
          word &= word - 1;
        }
      }
      if (gained > 1e-9) {
        add(row);
        changed = true;
      }
    }
  }
}
