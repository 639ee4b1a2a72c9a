"use client";

import { useElementSize } from "@mantine/hooks";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { keepGridWidth } from "./grid-width-cookie";

const LastWidth = createContext<number | null>(null);

/** @param width as the request's cookie has it, in CSS pixels; null on a first visit. */
export function GridWidthProvider({ width, children }: { width: number | null; children: ReactNode }) {
  return <LastWidth value={width}>{children}</LastWidth>;
}

/**
 * How wide the grid that has the `ref` is, in CSS pixels. Until that is measured it is as on the page before: the same on the
 * server and in a page's first render. Null on a first visit.
 */
export function useGridWidth() {
  const { ref, width: measured } = useElementSize();
  const last = useContext(LastWidth);
  useEffect(() => {
    if (measured > 0) keepGridWidth(measured);
  }, [measured]);
  return { ref, width: measured || last };
}
