import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";

/**
 * Things in an order of someone's choice. Each has a rank, a fractional index: between any two there is room for
 * another, so that a move changes one row. Ranks are compared byte by byte.
 */
export interface RankedList {
  /** Null for what is not in the list. */
  rankOf(id: string): Promise<string | null>;
  /** The lowest rank above `rank` (of all, for null), `except` left out; null where there is none. */
  rankAfter(rank: string | null, except: string): Promise<string | null>;
  /** Every id, in order. */
  ids(): Promise<string[]>;
  setRanks(ranks: ReadonlyMap<string, string>): Promise<void>;
}

/** Every move into the same gap makes ranks longer; beyond this the whole list gets new ones. */
const MAX_RANK_CHARS = 64;

/**
 * Moves a thing to the place behind another. Nobody else may change the list meanwhile.
 * @param after the new neighbour's id; null for the very first place.
 * @returns false when one of the two is not in the list.
 */
export async function moveBehind(list: RankedList, id: string, after: string | null): Promise<boolean> {
  if ((await list.rankOf(id)) === null) return false;
  if (id === after) return true;
  const low = after === null ? null : await list.rankOf(after);
  if (after !== null && low === null) return false;
  const rank = generateKeyBetween(low, await list.rankAfter(low, id));
  if (rank.length <= MAX_RANK_CHARS) await list.setRanks(new Map([[id, rank]]));
  else await rankAnew(list, id, after);
  return true;
}

async function rankAnew(list: RankedList, id: string, after: string | null): Promise<void> {
  const order = (await list.ids()).filter((one) => one !== id);
  order.splice(after === null ? 0 : order.indexOf(after) + 1, 0, id);
  const ranks = ranksBehind(null, order.length);
  await list.setRanks(new Map(order.map((one, i) => [one, ranks[i]!])));
}

/** Ranks for so many things at the end of a list. @param last the rank that is the highest so far. */
export const ranksBehind = (last: string | null, count: number): string[] =>
  generateNKeysBetween(last, null, count);
