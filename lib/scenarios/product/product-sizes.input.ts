/** What shops and feeds ask for, in pixels. */
export const PRODUCT_SIZES = {
  square: { width: 1200, height: 1200 },
  portrait: { width: 1080, height: 1350 },
  landscape: { width: 1920, height: 1080 },
  story: { width: 1080, height: 1920 },
} as const;

export type ProductSize = keyof typeof PRODUCT_SIZES;
export const PRODUCT_SIZE_NAMES = Object.keys(PRODUCT_SIZES) as [ProductSize, ...ProductSize[]];
