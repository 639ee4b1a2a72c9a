import type { Shelf } from "@/lib/pictures/list-pictures";
import { FILTER_NAMES, type PictureFilters } from "@/lib/pictures/picture-filters";
import type { PictureOrder } from "@/lib/pictures/picture-orders";

/** Where in the gallery one is, as its address says it. */
export interface Place {
  readonly shelf: Shelf;
  readonly order: PictureOrder;
  readonly words: string;
  readonly filters: PictureFilters;
  /** The picture that others are to look like. */
  readonly like: string | null;
}

/** Words are looked for everywhere; filters go with words and with shelves. */
export function addressOf({ shelf, order, words, filters, like }: Place): string {
  const asked = new URLSearchParams();
  if (like !== null) asked.set("like", like);
  if (words) asked.set("q", words);
  if (words === "" && like === null) {
    if (shelf !== "all") asked.set("shelf", shelf);
    if (order !== "added") asked.set("order", order);
  }
  // What looks alike is not filtered.
  if (like === null)
    for (const name of FILTER_NAMES) {
      const value = filters[name];
      if (value !== undefined) asked.set(name, value);
    }
  const query = asked.toString();
  return query ? `/gallery?${query}` : "/gallery";
}
