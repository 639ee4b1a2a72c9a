import { aurora } from "./aurora";
import { dawn } from "./dawn";
import type { SamplePicture } from "./picture";
import { silk } from "./silk";
import { stillLife } from "./still-life";

/** The sample pictures in the order in which they are offered. */
export const PICTURES: readonly SamplePicture[] = [dawn, stillLife, aurora, silk];
