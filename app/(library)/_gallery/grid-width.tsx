"use client";

import { createContext, type ReactNode, useContext } from "react";

const GridWidth = createContext<number | null>(null);

/** @param width as the request's cookie has it, in CSS pixels; null on a first visit. */
export function GridWidthProvider({ width, children }: { width: number | null; children: ReactNode }) {
  return <GridWidth value={width}>{children}</GridWidth>;
}

/** How wide the grid was on the page before, in CSS pixels: the same on the server and in a page's first render. */
export const useLastGridWidth = () => useContext(GridWidth);
