import { z } from "zod";

/** Most pictures that one request may name; screens let one choose no more at a time. */
export const MAX_SELECTED = 1000;

/** The ids of pictures that someone chose. What is no id is nobody's, and does not exist. */
export const selectedPictures = z.array(z.string().max(64).toLowerCase()).min(1).max(MAX_SELECTED);
