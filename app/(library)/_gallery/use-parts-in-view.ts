"use client";

import { useMergedRef } from "@mantine/hooks";
import {
  type Range,
  useWindowVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useState } from "react";
import { useGridWidth } from "./grid-width";

/** A screen on which nobody has measured anything yet. */
const SCREEN = { width: 1024, height: 900 };
/** The bar that stays on top of the page, in CSS pixels. */
const HEADER = 64;

interface Parts {
  count: number;
  /** As nearly as can be told before a part is there, in CSS pixels. */
  heightOf: (at: number, width: number) => number;
  keyOf: (at: number) => string | number;
  /** Which of them are there, where it is not those in view; they must follow each other. */
  rangeOf?: (range: Range) => number[];
}

/** Parts of a long page, one under the other: those in view are there, and for the rest there is room. */
export function usePartsInView({ count, heightOf, keyOf, rangeOf }: Parts) {
  const { ref, width: known } = useGridWidth();
  const width = known ?? SCREEN.width;
  const [root, setRoot] = useState<HTMLDivElement | null>(null);
  const placed = useMergedRef(ref, setRoot);
  const [top, setTop] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: (at) => heightOf(at, width),
    getItemKey: keyOf,
    overscan: 1,
    scrollMargin: top,
    scrollPaddingStart: HEADER,
    initialRect: SCREEN,
    initialOffset: 0,
    ...(rangeOf && { rangeExtractor: rangeOf }),
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = keepsPlace;
  // Widths of windows change, and with them all heights.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew whenever the width is another
  useEffect(() => virtualizer.measure(), [virtualizer, width]);
  // What stands above (hints, chips) comes and goes.
  useLayoutEffect(() => {
    if (root) setTop(root.getBoundingClientRect().top + window.scrollY);
  });
  const items = virtualizer.getVirtualItems();
  const style = {
    paddingTop: (items[0]?.start ?? top) - top,
    paddingBottom: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top),
  };
  return { placed, width, known, virtualizer, items, style };
}

/**
 * Whether what is in view stays where it is when a part becomes higher or lower: where the part is above. The library leaves
 * alone what reaches into view; but one that loses its pictures there would have others rush past.
 */
function keepsPlace(
  part: VirtualItem,
  growth: number,
  { scrollOffset, scrollDirection }: Virtualizer<Window, Element>,
): boolean {
  const top = scrollOffset ?? 0;
  if (part.start >= top) return false;
  return part.end <= top ? scrollDirection !== "backward" : part.end + growth <= top;
}
