import { aurora } from "./aurora";
import { balloons } from "./balloons";
import { cat } from "./cat";
import { dawn } from "./dawn";
import { meadow } from "./meadow";
import type { SamplePicture } from "./picture";
import { portrait } from "./portrait";
import { ramen } from "./ramen";
import { riviera } from "./riviera";
import { silk } from "./silk";
import { stillLife } from "./still-life";
import { wave } from "./wave";

/** The sample pictures in the order in which they are offered. */
export const PICTURES: readonly SamplePicture[] = [
  dawn,
  cat,
  wave,
  riviera,
  portrait,
  stillLife,
  aurora,
  balloons,
  meadow,
  ramen,
  silk,
];
