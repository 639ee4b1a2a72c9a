import { circle, ellipse, line, linear, path, rect } from "../canvas";
import { type Hex, light, mix, shade } from "../colour";
import type { Random } from "../random";
import type { Land } from "./land";
import { drawCloud, drawStars } from "./sky";

const ROOMS: readonly { wall: Hex; floor: Hex; accent: Hex; wood: Hex }[] = [
  { wall: "#f6d9c4", floor: "#c98f66", accent: "#e07a5f", wood: "#a8714b" },
  { wall: "#cfe3dc", floor: "#d9b48a", accent: "#3d8f87", wood: "#b07d52" },
  { wall: "#dcd5ee", floor: "#bfa084", accent: "#8a6fc0", wood: "#8d6450" },
  { wall: "#f7e4b2", floor: "#c58a5e", accent: "#e59a3c", wood: "#9c6a44" },
  { wall: "#c9dcef", floor: "#cda67f", accent: "#4f7fc4", wood: "#a5754f" },
  { wall: "#f5ccd1", floor: "#c99b80", accent: "#d6617f", wood: "#a36f56" },
];

function drawWindow(x: number, night: boolean, frame: Hex, curtain: Hex): string {
  const sky = night ? "#28336e" : "#a9dcf5";
  const inside = night
    ? circle(x + 16, 62, 9, "#fff0bd") +
      [
        [-20, 50],
        [-8, 84],
        [22, 92],
        [-24, 78],
        [4, 48],
      ]
        .map(([dx, y]) => circle(x + dx!, y!, 1.4, "#fff7da"))
        .join("")
    : drawCloud(x + 4, 70, 34, "#ffffff") + path(`M${x - 33} 116v-14q20-18 36-6t30-4v24z`, "#8ccf8a");
  return (
    rect(x - 36, 34, 72, 84, frame, 'rx="4"') +
    rect(x - 31, 39, 62, 74, sky) +
    `<g clip-path="url(#pane)">${inside}</g>` +
    line(`M${x} 39v74M${x - 31} 76h62`, frame, 4) +
    path(`M${x - 44} 30h22c2 34-4 60-16 92h-8zM${x + 44} 30h-22c-2 34 4 60 16 92h8z`, curtain) +
    rect(x - 50, 26, 100, 6, shade(curtain, 0.3), 'rx="3"')
  );
}

/** A room with a window, a lamp, a plant and a table along the front. @param night what the window shows */
export function drawRoom(random: Random, night: boolean): Land {
  const { wall, floor, accent, wood } = random.pick(ROOMS);
  const dim = (hex: Hex) => (night ? mix(hex, "#3a2f66", 0.3) : hex);
  const left = random.chance(0.5);
  const x = left ? 84 : 172;
  const other = 256 - x;
  const back =
    rect(0, 0, 256, 190, dim(wall)) +
    (random.chance(0.5)
      ? line(Array.from({ length: 9 }, (_, i) => `M${i * 32} 0v186`).join(""), dim(shade(wall, 0.06)), 7)
      : "") +
    rect(0, 178, 256, 8, dim(light(wall, 0.6))) +
    rect(0, 186, 256, 74, dim(floor)) +
    line("M0 208h256", dim(shade(floor, 0.12)), 2);
  const frame = `<clipPath id="pane"><path d="M${x - 31} 39h62v74h-62z"/></clipPath>`;
  const picture =
    rect(other - 20, 44, 40, 32, dim(wood)) +
    rect(other - 16, 48, 32, 24, dim("#fff6e2")) +
    path(`M${other - 16} 72l11-15l8 9l7-6l6 12z`, dim(accent));
  const glow = night
    ? circle(other, 120, 52, "#ffe7a0", 'opacity=".22"') + circle(other, 120, 34, "#ffe7a0", 'opacity=".25"')
    : "";
  const lamp =
    line(`M${other} 190v-62`, dim(shade(wood, 0.2)), 4) +
    ellipse(other, 191, 16, 4, dim(shade(wood, 0.2))) +
    glow +
    path(`M${other - 12} 106h24l10 26h-44z`, night ? "#ffe29a" : dim(light(accent, 0.5)));
  const px = left ? 18 : 238;
  const plant =
    [
      [-18, -34],
      [18, -32],
      [-9, -50],
      [10, -48],
      [0, -58],
    ]
      .map(([dx, dy]) =>
        path(
          `M${px} 164q${dx! * 0.2} ${dy! * 0.8} ${dx!} ${dy!}q${dx! * 0.2} ${-dy! * 0.5} ${-dx!} ${-dy!}z`,
          dim("#5fa36c"),
        ),
      )
      .join("") + path(`M${px - 14} 160h28l-5 30h-18z`, dim(accent));
  const table =
    rect(-4, 204, 264, 16, dim(light(wood, 0.2))) +
    rect(-4, 218, 264, 40, dim(wood)) +
    line("M-4 220h264", dim(shade(wood, 0.2)), 3);
  return {
    defs: frame,
    layers: [back, drawWindow(x, night, dim("#fffaf0"), dim(accent)) + picture, lamp + plant, table],
  };
}

export function drawSpace(random: Random): Land {
  const [top, low] = random.pick([
    ["#0d1033", "#3a2a78"],
    ["#101a46", "#215a86"],
    ["#1b0f3d", "#7a2f7a"],
    ["#0c1b3a", "#3f3f94"],
  ] as const);
  const nebula =
    ellipse(
      random.range(40, 216),
      random.range(50, 200),
      110,
      46,
      light(low, 0.2),
      `opacity=".22" transform="rotate(${random.int(60) - 30} 128 128)"`,
    ) +
    ellipse(
      random.range(40, 216),
      random.range(50, 200),
      70,
      30,
      "#ff9ecb",
      `opacity=".13" transform="rotate(${random.int(60) - 30} 128 128)"`,
    );
  const worlds: readonly Hex[] = ["#f29e6d", "#7fc8c2", "#e7c86f", "#c78fe0", "#ef7f8f", "#7da7ec"];
  const planet = (x: number, y: number, r: number, ring: boolean) => {
    const colour = random.pick(worlds);
    const id = `p${Math.round(x)}`;
    const bands = `<clipPath id="${id}"><circle cx="${x}" cy="${y}" r="${r}"/></clipPath><g clip-path="url(#${id})">${ellipse(x, y - r * 0.35, r * 1.2, r * 0.16, light(colour, 0.3))}${ellipse(x, y + r * 0.25, r * 1.2, r * 0.2, shade(colour, 0.14))}${circle(x + r * 0.55, y + r * 0.4, r * 1.1, "#120a33", 'opacity=".18"')}</g>`;
    const hoop = ring
      ? `<g transform="rotate(-18 ${x} ${y})">${line(`M${x - r * 1.05} ${y}a${r * 1.7} ${r * 0.42} 0 1 0 ${r * 2.1} 0`, light(colour, 0.55), r * 0.2)}</g>`
      : "";
    return circle(x, y, r, colour) + bands + hoop;
  };
  const left = random.chance(0.5);
  const near = planet(
    left ? random.range(20, 60) : random.range(196, 236),
    random.range(38, 74),
    random.range(22, 36),
    random.chance(0.5),
  );
  const small = planet(
    left ? random.range(180, 236) : random.range(20, 76),
    random.range(150, 220),
    random.range(9, 16),
    random.chance(0.3),
  );
  const ground = random.chance(0.45)
    ? ellipse(128, 276, 190, 54, "#b7b2cc") +
      ellipse(60, 246, 16, 5, "#9f99ba") +
      ellipse(150, 236, 22, 5, "#9f99ba") +
      ellipse(212, 250, 14, 5, "#9f99ba")
    : "";
  return {
    defs: linear("sky", top, low),
    layers: [
      rect(0, 0, 256, 256, "url(#sky)") + nebula + drawStars(random, 90, 252),
      near + small,
      ground,
    ].filter(Boolean),
  };
}

export function drawUnderwater(random: Random): Land {
  const [top, low] = random.pick([
    ["#8fe3e6", "#1f7fae"],
    ["#7fd0f0", "#2a5fb0"],
    ["#9be8d6", "#23848f"],
  ] as const);
  const rays = path(
    "M40-10h34l-60 270h-70zM120-10h26l-10 270h-60zM190-10h40l50 270h-76z",
    "#ffffff",
    'opacity=".13"',
  );
  const sand: Hex = random.pick(["#f1d9a2", "#ecd0a6", "#e6cfb4"]);
  const weed = (x: number, h: number, tone: Hex) =>
    line(`M${x} 236q-9 ${-h * 0.25} 0 ${-h * 0.5}t0 ${-h * 0.5}`, tone, 7);
  const coral = (x: number, tone: Hex) =>
    line(
      `M${x} 232v-26M${x} 220q-14-2-14-16M${x} 216q13-2 13-18M${x - 14} 206q-7-3-7-9M${x + 13} 202q7-3 7-8`,
      tone,
      6.5,
    );
  const tones: readonly Hex[] = ["#ff7f7f", "#ff9f5a", "#e77fc0", "#b98cf0"];
  const bubbles = Array.from({ length: 12 }, () =>
    circle(
      random.range(10, 246),
      random.range(14, 190),
      random.range(2, 5.5),
      "#ffffff",
      'fill-opacity=".25" stroke="#fff" stroke-opacity=".7" stroke-width="1.2"',
    ),
  ).join("");
  const back = path("M-6 260v-50q30-40 70-20t60 10t60-24t80 30v54z", mix(low, "#123a6b", 0.25));
  return {
    defs: linear("sky", top, low),
    layers: [
      rect(0, 0, 256, 256, "url(#sky)") + rays,
      back +
        [random.range(8, 50), random.range(60, 90), random.range(190, 248)]
          .map((x, i) => weed(Math.round(x), random.range(50, 96), i % 2 ? "#2f9f7a" : "#4fb86f"))
          .join(""),
      path("M-6 260v-30q40-14 84-4t90-6t94 4v36z", sand) +
        coral(Math.round(random.range(24, 90)), random.pick(tones)) +
        coral(Math.round(random.range(160, 232)), random.pick(tones)) +
        ellipse(120, 246, 9, 3, shade(sand, 0.14)) +
        ellipse(196, 250, 6, 2, shade(sand, 0.14)),
      bubbles,
    ],
  };
}
