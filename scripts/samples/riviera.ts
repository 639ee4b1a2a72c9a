import { Canvas } from "./canvas";
import { clamp, fbm, hex, mix, mixRgb, type Rgb, ramp, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";

type Random = () => number;
const SEA = 800;
const WALLS = [
  "#f2b98a",
  "#e88f6a",
  "#f6d7a0",
  "#eab0a0",
  "#f4e3c4",
  "#d9785c",
  "#f0c27a",
  "#f7ead6",
  "#e7a27c",
  "#dcb7a6",
];
const SHUTTERS = ["#3f7d7a", "#4d8a6a", "#5b7fa6", "#8a4b3c", "#2f6670"];

const css = (c: Rgb): string => `rgb(${c.map((v) => Math.round(clamp(v) * 255)).join(" ")})`;
const shade = (name: string, k: number): string => css(scaleRgb(hex(name), k));
const pick = (list: readonly string[], random: Random): string => list[Math.floor(random() * list.length)]!;

/** Top of the hillside at x, in user units. */
const slope = (x: number): number =>
  790 - 520 * smoothstep(90, 820, x) + 34 * Math.sin(x / 62) + 50 * smoothstep(860, 1050, x);

const DEFS = `<defs>
  <linearGradient id="foot" x2="0" y2="1"><stop offset="0.35" stop-color="#7a3d4d" stop-opacity="0"/><stop offset="1" stop-color="#6a3350" stop-opacity="0.5"/></linearGradient>
  <linearGradient id="glow" x2="1" y2="0"><stop offset="0" stop-color="#fff3cf" stop-opacity="0.5"/><stop offset="0.55" stop-color="#fff3cf" stop-opacity="0"/></linearGradient>
  <linearGradient id="dome" x2="1" y2="0.2"><stop offset="0" stop-color="#9fd0c4"/><stop offset="0.5" stop-color="#5c9c99"/><stop offset="1" stop-color="#2f6470"/></linearGradient>
</defs>`;

function windowAt(x: number, y: number, w: number, h: number, shutter: string, random: Random): string {
  const arch = random() < 0.3 ? w / 2 : 0.8;
  const lit = random() < 0.16;
  const open = random() < 0.72;
  let s = `<rect x="${x - 1.5}" y="${y - 1.5}" width="${w + 3}" height="${h + 3}" rx="${arch}" fill="#fff4df" fill-opacity="0.75"/>`;
  s += `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${arch}" fill="${lit ? "#ffe08a" : "#3b3f5c"}"/>`;
  s += `<path d="M${x + w / 2} ${y}v${h}M${x} ${y + h * 0.42}h${w}" stroke="#f7ead6" stroke-width="0.9" stroke-opacity="0.8"/>`;
  if (open)
    s += `<rect x="${x - w * 0.56}" y="${y}" width="${w * 0.5}" height="${h}" fill="${shutter}"/><rect x="${x + w * 1.06}" y="${y}" width="${w * 0.5}" height="${h}" fill="${shutter}"/>`;
  if (random() < 0.3) {
    s += `<rect x="${x - 2}" y="${y + h + 1}" width="${w + 4}" height="3" fill="#8a5a44"/>`;
    for (let n = 0; n < 5; n++)
      s += `<circle cx="${x + (w * n) / 4}" cy="${y + h + 0.5 - random() * 2}" r="${1.6 + random()}" fill="${pick(["#e2466a", "#f47fa0", "#5f9a4a", "#ffd0dc"], random)}"/>`;
  }
  return s;
}

function tiles(x: number, y: number, w: number, rise: number, hip: number, colour: string): string {
  let s = `<path d="M${x - 4} ${y}L${x + hip} ${y - rise}L${x + w - hip} ${y - rise}L${x + w + 4} ${y}Z" fill="${colour}"/>`;
  for (let k = 1; k < w / 5; k++) {
    const t = k / (w / 5);
    s += `<path d="M${x - 4 + (w + 8) * t} ${y}L${x + hip + (w - 2 * hip) * t} ${y - rise}" stroke="#7d2f22" stroke-opacity="0.32" stroke-width="1.1"/>`;
  }
  return `${s}<rect x="${x - 5}" y="${y - 1}" width="${w + 10}" height="3.4" rx="1.5" fill="#fbe2c0"/><rect x="${x - 3}" y="${y + 2.4}" width="${w + 6}" height="7" fill="#5a2c45" fill-opacity="0.28"/>`;
}

function house(x: number, foot: number, w: number, h: number, random: Random, air: number): string {
  const wall = css(mixRgb(hex(pick(WALLS, random)), hex("#f3c9b0"), air));
  const roof = css(mixRgb(mixRgb(hex("#c65a3c"), hex("#e08a56"), random()), hex("#eeb79a"), air));
  const top = foot - h;
  const side = w * (0.2 + 0.12 * random());
  let s = `<rect x="${x}" y="${top}" width="${w}" height="${h + 40}" fill="${wall}"/>`;
  s += `<rect x="${x}" y="${top}" width="${w}" height="${h}" fill="url(#glow)"/>`;
  s += `<rect x="${x + w - side}" y="${top}" width="${side}" height="${h + 40}" fill="#6f3a5a" fill-opacity="0.3"/>`;
  s += `<rect x="${x}" y="${top}" width="${w}" height="${h + 40}" fill="url(#foot)"/>`;
  const shutter = css(mixRgb(hex(pick(SHUTTERS, random)), hex("#b99a9a"), air));
  const columns = Math.max(1, Math.floor((w - side) / 26));
  const rows = Math.max(1, Math.floor(h / 34));
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      if (random() < 0.1) continue;
      s += windowAt(
        x + 9 + ((w - side - 12) * (c + 0.5)) / columns - 5.5,
        top + 14 + r * 34,
        9,
        16,
        shutter,
        random,
      );
    }
  if (random() < 0.35) s += windowAt(x + w - side * 0.68, top + 18, 6, 14, shade("#6b5a6e", 0.9), random);
  const flat = random();
  if (flat < 0.25) {
    s += `<rect x="${x - 3}" y="${top - 5}" width="${w + 6}" height="7" fill="#fbe7cb"/>`;
    for (let n = 0; n < 6; n++)
      s += `<circle cx="${x + 8 + random() * (w - 16)}" cy="${top - 8 - random() * 5}" r="${4 + 4 * random()}" fill="${pick(["#5c8f4f", "#3f7448", "#7da85a"], random)}"/>`;
  } else s += tiles(x, top, w, 14 + 10 * random(), flat < 0.6 ? 14 : 4, roof);
  if (random() < 0.4) {
    const cx = x + w * (0.2 + 0.5 * random());
    s += `<rect x="${cx}" y="${top - 34}" width="8" height="20" fill="${wall}"/><rect x="${cx - 1.5}" y="${top - 36}" width="11" height="4" fill="${roof}"/>`;
  }
  return s;
}

function cypress(x: number, foot: number, h: number): string {
  return `<path d="M${x} ${foot - h}C${x + h * 0.16} ${foot - h * 0.5} ${x + h * 0.13} ${foot - h * 0.08} ${x} ${foot}C${x - h * 0.13} ${foot - h * 0.08} ${x - h * 0.16} ${foot - h * 0.5} ${x} ${foot - h}Z" fill="#2f5d4a"/>
    <path d="M${x} ${foot - h}C${x - h * 0.13} ${foot - h * 0.5} ${x - h * 0.11} ${foot - h * 0.08} ${x - h * 0.02} ${foot}C${x} ${foot - h * 0.4} ${x - h * 0.04} ${foot - h * 0.7} ${x} ${foot - h}Z" fill="#5d8f5f"/>`;
}

function pine(x: number, foot: number, h: number, random: Random): string {
  let s = `<path d="M${x} ${foot}Q${x + 6} ${foot - h * 0.5} ${x + 2} ${foot - h * 0.85}" stroke="#6d4636" stroke-width="${h * 0.06}" fill="none"/>`;
  for (let n = 0; n < 26; n++) {
    const u = random() * 2 - 1;
    const high = random();
    s += `<ellipse cx="${x + u * h * 0.42}" cy="${foot - h * (0.8 + 0.22 * high * (1 - u * u))}" rx="${h * 0.16}" ry="${h * 0.075}" fill="${css(mixRgb(hex("#2c5a46"), hex("#86ad63"), high * 0.8 * (u < 0.2 ? 1 : 0.5)))}"/>`;
  }
  return s;
}

function church(): string {
  let s = `<rect x="700" y="196" width="44" height="210" fill="#f6e2c0"/><rect x="730" y="196" width="14" height="210" fill="#7a4560" fill-opacity="0.35"/>`;
  s += `<rect x="694" y="250" width="56" height="6" fill="#fff1d8"/><rect x="694" y="194" width="56" height="6" fill="#fff1d8"/>`;
  s += `<path d="M712 245v-24a9 9 0 0 1 18 0v24Z" fill="#4a3a55"/><circle cx="721" cy="232" r="5.5" fill="#d9a04a"/><circle cx="718" cy="278" r="9" fill="#fff7e6" stroke="#a3705a" stroke-width="2"/><path d="M718 272v6l4 3" stroke="#6b4030" stroke-width="1.5" fill="none"/>`;
  s += `<path d="M696 195C696 160 748 160 748 195Z" fill="url(#dome)"/><path d="M722 168v-24M716 151h12" stroke="#c9954a" stroke-width="3"/>`;
  s += `<rect x="752" y="300" width="96" height="120" fill="#f3cfa2"/><rect x="824" y="300" width="24" height="120" fill="#7a4560" fill-opacity="0.3"/>`;
  s += `<path d="M748 302C752 232 848 232 852 302Z" fill="url(#dome)"/><path d="M776 300C778 262 790 248 800 246M800 250V300M824 300C822 262 810 248 800 246" stroke="#2c5f68" stroke-opacity="0.5" stroke-width="2" fill="none"/><rect x="793" y="226" width="14" height="22" fill="#f6e2c0"/><path d="M791 227q9 -14 18 0Z" fill="#5c9c99"/>`;
  for (const x of [768, 794, 820]) s += `<path d="M${x} 350v-20a6 6 0 0 1 12 0v20Z" fill="#5a4a66"/>`;
  return s;
}

function boat(x: number, y: number, k: number, hull: string, sail: string | null): string {
  let s = `<g transform="translate(${x} ${y}) scale(${k})"><ellipse cx="0" cy="13" rx="48" ry="5" fill="#1d4a63" fill-opacity="0.45"/>`;
  if (sail)
    s += `<path d="M2 -2V-92" stroke="#5b3a2c" stroke-width="3"/><path d="M6 -90C34 -60 42 -34 44 -12L6 -8Z" fill="${sail}"/><path d="M-2 -84C-12 -54 -26 -30 -32 -12L-2 -10Z" fill="#fff6e4"/><path d="M6 -60C24 -44 38 -28 42 -16" stroke="#b5654a" stroke-opacity="0.35" stroke-width="2" fill="none"/>`;
  return `${s}<path d="M-46 -3L48 -5C42 10 32 14 20 14H-24C-36 14 -42 8 -46 -3Z" fill="${hull}"/><path d="M-46 -3L48 -5L46 0L-45 2Z" fill="#fff2da"/><path d="M-38 8H38" stroke="#3a2233" stroke-opacity="0.3" stroke-width="3"/></g>`;
}

function village(): string {
  const random = randomFrom(1906);
  let s = "";
  for (let row = 0; row < 13; row++) {
    const foot = 330 + row * 38;
    const air = mix(0.42, 0, Math.min(1, row / 8));
    if (row === 3) s += church();
    for (let x = 60 + random() * 40; x < 1010; ) {
      const w = 46 + random() * 46;
      const h = 52 + random() * 62;
      if (foot > slope(x + w / 2) + 24) {
        s += house(x, foot, w, h, random, air);
        if (random() < 0.16) s += cypress(x + w + 3, foot + 4, 60 + random() * 60);
        if (random() < 0.05) s += pine(x + w * 0.6, foot + 2, 80 + random() * 40, random);
      }
      x += w * (0.82 + 0.5 * random());
    }
  }
  return s;
}

function quay(): string {
  const random = randomFrom(7);
  let s = `<path d="M70 ${SEA - 16}H1000V${SEA + 14}H40Z" fill="#d9b48f"/><path d="M40 ${SEA + 14}H1000V${SEA + 26}H30Z" fill="#8a5a5a"/>`;
  for (let x = 60; x < 1000; x += 24)
    s += `<path d="M${x + random() * 8} ${SEA - 12}v24" stroke="#8f6350" stroke-opacity="0.35" stroke-width="1.5"/>`;
  for (let n = 0; n < 10; n++) {
    const x = 250 + n * 74 + random() * 20;
    const colour = pick(["#e4574f", "#f0b23e", "#3f8a92", "#f7efe0"], random);
    s += `<path d="M${x} ${SEA - 15}v-32" stroke="#5b3a2c" stroke-width="2"/><path d="M${x - 25} ${SEA - 42}Q${x} ${SEA - 66} ${x + 25} ${SEA - 42}Z" fill="${colour}"/><path d="M${x} ${SEA - 55}Q${x + 18} ${SEA - 54} ${x + 25} ${SEA - 42}H${x + 8}Z" fill="#5a2c45" fill-opacity="0.25"/>`;
  }
  return s;
}

function air(x: number, y: number): Rgb {
  let c = ramp(
    [
      [0, hex("#5fa8b8")],
      [0.3, hex("#a5d0c3")],
      [0.55, hex("#f8dfae")],
      [0.74, hex("#ffc58e")],
    ],
    y,
  );
  const d = Math.hypot(x - 0.24, y - 0.42);
  c = mixRgb(c, hex("#fff0c2"), Math.exp(-d * d * 16) * 0.7);
  c = mixRgb(c, hex("#fff8dc"), smoothstep(0.0915, 0.0895, d));
  for (const [cx, cy, w] of [
    [0.5, 0.16, 0.15],
    [0.14, 0.24, 0.11],
    [0.9, 0.09, 0.13],
    [0.36, 0.3, 0.07],
  ] as const) {
    const bumps =
      0.02 * Math.abs(Math.sin((x - cx) * (2.6 / w))) + 0.012 * Math.abs(Math.sin((x - cx) * (6.1 / w) + 1));
    const top = cy - bumps - 0.032 * Math.sqrt(Math.max(0, 1 - ((x - cx) / w) ** 2));
    if (Math.abs(x - cx) < w && y > top && y < cy)
      c = mixRgb(c, mixRgb(hex("#fff9ec"), hex("#f7cfae"), (y - top) / 0.06), 0.9);
  }
  const cape = 0.735 - 0.1 * smoothstep(0.34, 0, x) * (0.7 + 0.6 * fbm(x * 9, 2, 3, 9));
  if (y > cape && x < 0.5) c = mixRgb(hex("#9bb6b6"), hex("#c5c2ae"), smoothstep(cape, 0.76, y));
  if (y > 0.742) {
    const depth = (y - 0.742) / 0.258;
    const swell = Math.sin(y * 620 * (1.25 - depth * 0.75) + 5 * fbm(x * 7, y * 22, 3, 11));
    c = mixRgb(hex("#5fb0b3"), hex("#19576f"), depth ** 0.8);
    c = mixRgb(c, hex("#a8dcd2"), smoothstep(0.72, 0.95, swell) * 0.4 * fbm(x * 9, y * 30, 3, 12) * 1.6);
    const path = smoothstep(0.13, 0.02, Math.abs(x - 0.24) - 0.05 * fbm(x * 20, y * 90, 2, 13));
    c = mixRgb(c, hex("#ffe9b0"), path * smoothstep(0.15, 0.8, swell) * 0.75 * (1 - depth * 0.4));
  }
  return c;
}

/** Light grain in the shadows of flat colour, as from a sponge. */
const sponge = (c: Rgb, x: number, y: number): Rgb => {
  const k = 1 + 0.11 * (fbm(x * 190, y * 190, 2, 20) - 0.5) + 0.06 * (fbm(x * 9, y * 9, 3, 21) - 0.5);
  return scaleRgb(c, k);
};

export const riviera: SamplePicture = {
  name: "riviera",
  alt: { en: "A harbour town stacked up a hill, flat illustration", zh: "依山而建的海港小镇，扁平插画" },
  async draw(size) {
    const canvas = new Canvas(size);
    canvas.shade(air, 2);
    let hill = "M40 830";
    for (let x = 40; x <= 1000; x += 20) hill += `L${x} ${slope(x)}`;
    const boats =
      boat(150, 868, 1.15, "#c8463f", "#f4b44c") +
      boat(420, 905, 0.9, "#2f6f82", null) +
      boat(610, 872, 0.7, "#f0c06a", null) +
      boat(800, 915, 1.25, "#f7efe0", "#e4574f") +
      boat(330, 850, 0.55, "#7a4a6a", null) +
      boat(930, 862, 0.65, "#3f8a6a", null);
    await canvas.svg(`${DEFS}<path d="${hill}L1000 830Z" fill="#7d9a63"/>${village()}${quay()}${boats}`);
    canvas.adjust(sponge);
    return canvas.finish(0.018, 0.08);
  },
};
