import { classic } from "./classic";
import { dots } from "./dots";
import { halftone } from "./halftone";
import { ink } from "./ink";
import type { DrawLook, LookName } from "./look";
import { mosaic } from "./mosaic";

/** The looks that are drawings; `photo` is woven into the picture's own pixels instead. */
export const DRAWN: Readonly<Record<Exclude<LookName, "photo">, DrawLook>> = {
  halftone,
  mosaic,
  dots,
  ink,
  classic,
};
