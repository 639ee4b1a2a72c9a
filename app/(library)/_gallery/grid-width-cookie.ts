/** Holds how wide the grid of pictures was when it was last measured, so that the server lays rows out for just that. */
export const GRID_WIDTH_COOKIE = "grid-width";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** @param width in CSS pixels. */
export function keepGridWidth(width: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in all browsers yet
  document.cookie = `${GRID_WIDTH_COOKIE}=${Math.round(width)}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
}
