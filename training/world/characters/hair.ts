import { circle, ellipse, line, mirrored, path } from "../canvas";
import { type Hex, light, shade } from "../colour";
import type { Hair } from "../vocabulary";

/** SVG behind the head and over the forehead. `top` is what rises above a hat's brim and hides under hats. */
export type HairParts = { back: string; front: string; top: string };

const SWEPT =
  "M77 112C70 66 96 40 132 41c34 1 56 28 47 72c-3-16-8-26-17-34c-18 8-44 6-60-6c-10 10-20 22-25 39z";
const BANGS =
  "M76 114C68 64 96 40 128 40s60 24 52 74c-4-12-6-20-10-26c-8 6-20 8-28 2c-10 6-22 6-30 0c-8 5-16 6-24 1c-6 6-9 13-12 23z";
const PARTED = "M75 122C66 66 96 40 128 40s62 26 53 82c-6-24-24-34-52-54c-28 20-48 30-54 54z";
const ROUND_CAP = "M76 108C72 64 98 42 128 42s56 22 52 66c-8-24-26-34-52-34s-44 10-52 34z";

const cluster = (points: [number, number, number][], fill: Hex): string =>
  points.map(([x, y, r]) => circle(x, y, r, fill)).join("");

/** The hair of every style, in units of the board, for a head whose crown is at y = 54. */
export function drawHair(hair: Hair, colour: Hex): HairParts {
  const dark = shade(colour, 0.22);
  const shine = line("M94 70c8-9 18-13 28-14", light(colour, 0.4), 5, 'opacity=".7"');
  const none = "";
  switch (hair) {
    case "short":
      return {
        back: path("M76 124C68 60 98 40 128 40s60 20 52 84z", dark),
        front: path(BANGS, colour) + shine,
        top: none,
      };
    case "swept":
      return {
        back: path("M76 122C68 60 98 40 128 40s60 20 52 82z", dark),
        front: path(SWEPT, colour) + shine,
        top: none,
      };
    case "spiky":
      return {
        back: path("M76 122C72 70 98 50 128 50s56 20 52 72z", dark),
        front:
          path(
            "M76 116l-10-22l8 0l-12-24l14 3l-6-26l18 12l2-24l18 16l12-24l12 23l18-17l4 23l18-10l-6 26l15-2l-12 24l8 1l-10 21c-4-12-8-20-14-26l-8 12l-10-14l-12 13l-14-14l-12 14l-12-12l-8 13c-7 5-10 8-11 14z",
            colour,
          ) + shine,
        top: none,
      };
    case "curly":
      return {
        back: cluster(
          [
            [80, 108, 17],
            [176, 108, 17],
            [84, 84, 20],
            [172, 84, 20],
            [78, 128, 12],
            [178, 128, 12],
            [128, 70, 36],
          ],
          dark,
        ),
        front:
          cluster(
            [
              [88, 82, 15],
              [104, 66, 17],
              [128, 58, 18],
              [152, 66, 17],
              [168, 82, 15],
              [116, 76, 12],
              [141, 76, 12],
              [81, 98, 10],
              [175, 98, 10],
            ],
            colour,
          ) + line("M96 66c3-5 7-7 11-7m14-10c4-3 9-3 12-1", light(colour, 0.4), 4, 'opacity=".7"'),
        top: none,
      };
    case "afro":
      return {
        back:
          circle(128, 92, 76, dark) +
          circle(128, 88, 73, colour) +
          cluster(
            [
              [58, 92, 12],
              [198, 92, 12],
              [74, 48, 13],
              [182, 48, 13],
              [128, 20, 13],
              [100, 25, 12],
              [156, 25, 12],
              [60, 118, 12],
              [196, 118, 12],
            ],
            colour,
          ),
        front:
          path(ROUND_CAP, colour) + line("M84 50c8-12 18-19 30-22", light(colour, 0.35), 6, 'opacity=".6"'),
        top: none,
      };
    case "bob":
      return {
        back: path("M66 168C56 76 84 38 128 38s72 38 62 130c-14 10-110 10-124 0z", dark),
        front:
          path(BANGS, colour) +
          mirrored(path("M80 78c-14 22-16 58-13 90c10 5 17 3 21-3c-9-22-10-50-8-87z", colour)) +
          shine,
        top: none,
      };
    case "long":
      return {
        back: path("M58 240C56 150 58 38 128 38s72 112 70 202c-22 12-118 12-140 0z", dark),
        front:
          path(PARTED, colour) +
          mirrored(path("M82 76C62 110 60 190 62 238c10 4 18 3 24-2c-8-40-10-90-4-160z", colour)) +
          shine,
        top: none,
      };
    case "wavy":
      return {
        back: path(
          "M60 232c-14-14-4-26-8-40c-6-16 6-26 4-42C58 80 76 38 128 38s70 42 72 112c-2 16 10 26 4 42c-4 14 6 26-8 40c-30 10-106 10-136 0z",
          dark,
        ),
        front:
          path(SWEPT, colour) +
          mirrored(
            path(
              "M82 82c-22 20-16 44-22 62c-6 16 4 24-2 40c-6 14 4 26-2 46c12 4 22 0 26-8c-4-14 4-22 0-36c-4-16 4-26 0-46c-3-20-4-38 0-58z",
              colour,
            ),
          ) +
          shine,
        top: none,
      };
    case "ponytail":
      return {
        back:
          path("M160 60c44-26 66 20 56 62c-6 28 6 42-10 62c-26-8-26-36-24-60c2-26-4-44-26-44z", dark) +
          path("M76 120C68 60 98 40 128 40s60 20 52 80z", dark),
        front: path(SWEPT, colour) + circle(176, 62, 7, "#f9c846") + shine,
        top: none,
      };
    case "pigtails":
      return {
        back:
          mirrored(
            path("M74 86C34 66 22 106 32 142c4 18-4 28 4 44c24-4 34-26 32-52c0-20 4-28 10-36z", dark) +
              path("M70 88C40 74 32 108 40 138c3 14 0 24 2 34c14-8 20-22 19-42c0-18 5-24 11-32z", colour),
          ) + path("M76 120C68 60 98 40 128 40s60 20 52 80z", dark),
        front: path(PARTED, colour) + mirrored(circle(74, 88, 7.5, "#f27c9b")) + shine,
        top: none,
      };
    case "bun":
      return {
        back: path("M77 116C70 60 98 42 128 42s58 18 51 74z", dark),
        front: path(PARTED, colour) + shine,
        top:
          circle(128, 32, 25, dark) +
          circle(128, 29, 23, colour) +
          line("M114 24c6-9 18-11 26-4", light(colour, 0.4), 4, 'opacity=".7"'),
      };
    case "braids": {
      const knots = [150, 170, 190, 210, 228]
        .map((y, i) => ellipse(67 - (i % 2), y, 14 - i * 0.8, 13, i % 2 ? dark : colour))
        .join("");
      return {
        back: path("M70 150C60 80 84 38 128 38s68 42 58 112z", dark),
        front:
          path(PARTED, colour) +
          mirrored(
            path("M80 84c-18 16-24 40-24 62h22c-3-24-3-44 2-62z", colour) +
              knots +
              path("M58 236h18l4 18c-8 6-18 6-26 0z", colour) +
              ellipse(67, 237, 10, 4, "#f27c9b"),
          ) +
          shine,
        top: none,
      };
    }
    case "mohawk":
      return {
        back: path(
          "M78 112C72 64 100 50 128 50s56 14 50 62c-10-30-90-30-100 0z",
          shade(colour, 0.35),
          'opacity=".45"',
        ),
        front:
          path(
            "M112 84C98 58 96 30 108 8c6 8 10 10 14 4c6-8 12-14 20-16c-2 10 2 14 8 14c10 2 14 6 12 14c-2 24-10 44-20 60c-10-6-20-6-30 0z",
            colour,
          ) + line("M114 24c-3 12-2 26 4 38", light(colour, 0.4), 5, 'opacity=".7"'),
        top: none,
      };
    case "buzz":
      return {
        back: none,
        front: path(
          "M79 106C74 66 100 50 128 50s54 16 49 56c-6-22-20-30-49-30s-43 8-49 30z",
          colour,
          'opacity=".92"',
        ),
        top: none,
      };
    case "bald":
      return { back: none, front: line("M98 74c6-6 14-9 22-10", "#ffffff", 5, 'opacity=".35"'), top: none };
  }
}
