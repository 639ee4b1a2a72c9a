import { dawn } from "./dawn";
import type { SamplePicture } from "./picture";

/** The sample pictures in the order in which they are offered. */
export const PICTURES: readonly SamplePicture[] = [dawn];
