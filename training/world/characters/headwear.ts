import { circle, ellipse, line, mirrored, path, rect } from "../canvas";
import { type Hex, light, luma, shade } from "../colour";
import type { Headwear } from "../vocabulary";

/** Hats that hide the hair above their brim, and how far above the crown each rises (units of the board). */
export const HIDES_HAIR: ReadonlySet<Headwear> = new Set([
  "beanie",
  "cap",
  "wizard hat",
  "straw hat",
  "chef hat",
]);
export const TALL: ReadonlySet<Headwear> = new Set([
  "wizard hat",
  "chef hat",
  "party hat",
  "crown",
  "cat ears",
]);

const petals = (x: number, y: number, r: number, fill: Hex): string =>
  [0, 72, 144, 216, 288]
    .map((a) =>
      circle(x + Math.sin((a * Math.PI) / 180) * r, y - Math.cos((a * Math.PI) / 180) * r, r * 0.78, fill),
    )
    .join("") + circle(x, y, r * 0.55, luma(fill) > 0.72 && fill !== "#f9c846" ? "#f9c846" : "#fff1c9");

/** Over everything on the head. The brim lies at about y = 90. */
export function drawHeadwear(headwear: Headwear, colour: Hex): string {
  const dark = shade(colour, 0.22);
  const pale = light(colour, 0.35);
  switch (headwear) {
    case "none":
      return "";
    case "beanie":
      return (
        circle(128, 28, 14, pale) +
        path("M73 94C68 50 98 30 128 30s60 20 55 64z", colour) +
        line("M100 44c-6 10-9 20-9 34m37-42v42m28-34c6 10 9 20 9 34", dark, 3.5) +
        rect(67, 80, 122, 24, pale, 'rx="12"')
      );
    case "cap":
      return (
        path("M74 94C70 52 98 34 128 34s58 18 54 60z", colour) +
        line("M128 36v40", dark, 3) +
        circle(128, 35, 5, dark) +
        path("M66 96c14-20 110-20 124 0c4 8-2 12-10 10c-32-10-72-10-104 0c-8 2-14-2-10-10z", dark)
      );
    case "wizard hat":
      return (
        path("M84 88C98 62 104 22 140-8c0 12 14 14 10 26c2 24 12 48 24 70z", colour) +
        path("M80 88c28 10 68 10 96 0l-7-16c-24 8-58 8-82 0z", "#f9c846") +
        ellipse(128, 92, 76, 13, dark) +
        ellipse(128, 89, 76, 12, colour) +
        path("M81 86c28 10 66 10 94 0l-7-15c-24 8-56 8-80 0z", "#f9c846") +
        path(
          "M120 40l3 7l7 1l-5 5l1 7l-6-4l-6 4l1-7l-5-5l7-1zM143 56l2 5l5 1l-4 3l1 5l-4-2l-5 2l1-5l-3-3l5-1z",
          "#ffe9a3",
        )
      );
    case "crown":
      return (
        path("M88 74l-8-44l25 18l23-30l23 30l25-18l-8 44c-24 8-56 8-80 0z", "#f9c33c") +
        path("M88 74l-2-12c26 8 58 8 84 0l-2 12c-24 8-56 8-80 0z", "#e39a24") +
        circle(80, 30, 5, "#e8546b") +
        circle(128, 17, 5, "#e8546b") +
        circle(176, 30, 5, "#e8546b") +
        circle(128, 56, 6, "#58b7e0")
      );
    case "flower":
      return path("M184 86c10 2 16 8 18 16c-10 0-16-4-20-10z", "#5fae6b") + petals(170, 72, 13, colour);
    case "headphones":
      return (
        line("M72 116C64 30 192 30 184 116", dark, 12) +
        line("M74 106C70 36 186 36 182 106", colour, 7) +
        mirrored(rect(58, 100, 22, 42, colour, 'rx="11"') + rect(74, 104, 9, 34, dark, 'rx="4"'))
      );
    case "straw hat":
      return (
        ellipse(128, 90, 86, 17, "#d9a650") +
        ellipse(128, 86, 86, 16, "#f0c670") +
        path("M82 84C82 46 102 32 128 32s46 14 46 52c-26 10-66 10-92 0z", "#f5d083") +
        path("M82 84l1-14c26 9 64 9 90 0l1 14c-26 10-66 10-92 0z", "#d8574f") +
        line("M98 52c8-5 52-5 60 0", "#dcae58", 3)
      );
    case "bow":
      return (
        `<g transform="rotate(18 164 60)">${path("M164 60c-14-20-32-20-34-8c-2 14 4 28 10 28c8 0 18-10 24-20z", colour)}` +
        `${path("M164 60c14-20 32-20 34-8c2 14-4 28-10 28c-8 0-18-10-24-20z", colour)}${line("M138 58l18 4m34-4l-18 4", dark, 3)}${ellipse(164, 61, 9, 11, dark)}</g>`
      );
    case "cat ears":
      return (
        line("M78 92C78 36 178 36 178 92", dark, 7) +
        mirrored(
          path("M84 66C78 42 80 24 86 18c14 6 26 18 32 30z", colour) +
            path("M90 58c-4-14-3-22 0-28c8 4 14 10 18 18z", "#ffb3c1"),
        )
      );
    case "party hat":
      return (
        path("M94 64L134-10l30 72c-20 12-50 14-70 2z", colour) +
        circle(126, 42, 6, pale) +
        circle(143, 28, 5, "#fff3c4") +
        circle(112, 56, 5, "#fff3c4") +
        circle(146, 54, 6, pale) +
        circle(132, 14, 4.5, pale) +
        circle(134, -10, 11, "#fff3c4")
      );
    case "chef hat":
      return (
        circle(92, 40, 26, "#f3ece2") +
        circle(164, 40, 26, "#f3ece2") +
        circle(128, 26, 32, "#fffdf8") +
        circle(100, 42, 22, "#fffdf8") +
        circle(156, 42, 22, "#fffdf8") +
        path("M80 94l-2-48h100l-2 48c-26 8-70 8-96 0z", "#fffdf8") +
        line("M100 60v26m28-28v30m28-28v26", "#ddd2c6", 3.5) +
        line("M80 92c26 8 70 8 96 0", "#ddd2c6", 4)
      );
  }
}
