import { LOOKS } from "@/lib/qr/looks/look";
import type { Sample } from "../_picture/sample";
import { randomSeed } from "./seed-field";
import type { Options } from "./studio-form";

const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];

/** Another look and another sample; a picture of one's own stays. */
export function surprise(options: Options, samples: readonly Sample[]): Partial<Options> {
  const own = options.picture?.from === "gallery";
  const others = samples.filter(
    ({ name }) => options.picture?.from !== "sample" || name !== options.picture.name,
  );
  const sample = own ? undefined : pick(others);
  const look = pick(LOOKS.filter((name) => name !== options.look && name !== "classic"));
  return {
    seed: randomSeed(),
    ...(look ? { look } : {}),
    ...(sample ? { picture: { from: "sample" as const, name: sample.name }, focus: { x: 0.5, y: 0.5 } } : {}),
  };
}
