import type { Gray } from "../raster";

/** The grey of the table that a turned or tilted code lies on. */
const TABLE = 232;
/** How far the camera is from a tilted code, in the code's widths; the focal length makes the middle 1:1. */
const DISTANCE = 4;

/** A place on a picture, in pixels from its top left corner. */
export type Point = readonly [x: number, y: number];
type Size = Pick<Gray, "width" | "height">;

/** Turned in the plane, clockwise; the canvas grows so that nothing is cut off. */
export function rotate(image: Gray, degrees: number): Gray {
  const { cos, sin, columns, rows } = turn(image, degrees);
  return resample(image, columns, rows, (y) => {
    const dy = y + 0.5 - rows / 2;
    return {
      x: dy * sin + (0.5 - columns / 2) * cos + image.width / 2 - 0.5,
      y: dy * cos - (0.5 - columns / 2) * sin + image.height / 2 - 0.5,
      dx: cos,
      dy: -sin,
    };
  });
}

/** Where `rotate` puts a place of a picture. */
export function rotatedPlace(size: Size, degrees: number): (x: number, y: number) => Point {
  const { cos, sin, columns, rows } = turn(size, degrees);
  return (x, y) => {
    const [dx, dy] = [x - size.width / 2, y - size.height / 2];
    return [dx * cos - dy * sin + columns / 2, dx * sin + dy * cos + rows / 2];
  };
}

function turn({ width, height }: Size, degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const columns = Math.ceil(Math.abs(width * cos) + Math.abs(height * sin));
  const rows = Math.ceil(Math.abs(width * sin) + Math.abs(height * cos));
  return { cos, sin, columns, rows };
}

/**
 * Tilted away from the camera around the horizontal axis, in true perspective: the far edge is narrower and
 * the whole is flatter. The canvas holds all of it.
 */
export function tilt(image: Gray, degrees: number): Gray {
  const { cos, sin, distance, columns, above, rows } = lean(image, degrees);
  const { width, height } = image;
  return resample(image, columns, rows, (row) => {
    // A point v below the middle projects to v·cos·d / (d − v·sin); solved for v.
    const screen = row + 0.5 - above;
    const v = (screen * distance) / (distance * cos + screen * sin);
    const dx = (distance - v * sin) / distance;
    return {
      x: (0.5 - columns / 2) * dx + width / 2 - 0.5,
      y: v + height / 2 - 0.5,
      dx,
      dy: 0,
    };
  });
}

/** Where `tilt` puts a place of a picture. */
export function tiltedPlace(size: Size, degrees: number): (x: number, y: number) => Point {
  const { cos, sin, distance, columns, above } = lean(size, degrees);
  return (x, y) => {
    const v = y - size.height / 2;
    const depth = distance - v * sin;
    return [((x - size.width / 2) * distance) / depth + columns / 2, (v * cos * distance) / depth + above];
  };
}

function lean({ width, height }: Size, degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const distance = DISTANCE * width;
  const near = distance / (distance - (height / 2) * sin);
  const far = distance / (distance + (height / 2) * sin);
  const above = (height / 2) * cos * far;
  const columns = Math.ceil(width * near);
  return { cos, sin, distance, columns, above, rows: Math.ceil(above + (height / 2) * cos * near) };
}

/** Where a row of the result begins in the source, and how far one pixel to the right moves there. */
interface Line {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** Bilinear, in 16.16 fixed point with weights of 8 bits; what lies outside of the source is the table. */
function resample(source: Gray, columns: number, rows: number, line: (row: number) => Line): Gray {
  const { data, width, height } = framed(source);
  const out = new Uint8ClampedArray(columns * rows).fill(TABLE);
  for (let row = 0; row < rows; row++) {
    const start = line(row);
    // One pixel of frame on the left and the top.
    let x = Math.round((start.x + 1) * 65536);
    let y = Math.round((start.y + 1) * 65536);
    const dx = Math.round(start.dx * 65536);
    const dy = Math.round(start.dy * 65536);
    for (let i = row * columns, end = i + columns; i < end; i++, x += dx, y += dy) {
      const left = x >> 16;
      const top = y >> 16;
      if (left < 0 || top < 0 || left > width - 2 || top > height - 2) continue;
      const right = (x >> 8) & 255;
      const low = (y >> 8) & 255;
      const at = top * width + left;
      const upper = data[at]! * (256 - right) + data[at + 1]! * right;
      const lower = data[at + width]! * (256 - right) + data[at + width + 1]! * right;
      out[i] = (upper * (256 - low) + lower * low + 32768) >> 16;
    }
  }
  return { width: columns, height: rows, data: out };
}

/** With a pixel of table around it, so that the edge of the paper is smooth as well. */
function framed({ data, width, height }: Gray): Gray {
  const columns = width + 2;
  const out = new Uint8ClampedArray(columns * (height + 2)).fill(TABLE);
  for (let y = 0; y < height; y++) out.set(data.subarray(y * width, (y + 1) * width), (y + 1) * columns + 1);
  return { width: columns, height: height + 2, data: out };
}
