/** An sRGB picture: RGBA, 8 bits a channel, row-major, `data.length === width * height * 4`. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A luminance plane: one 8-bit value (0 black … 255 white) a pixel, row-major. */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}
