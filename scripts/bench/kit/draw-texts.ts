import { execFile } from "node:child_process";
import { promisify } from "node:util";
import sharp from "sharp";
import samples from "../../../public/samples/samples.json";

/** A picture with text, and what it says. */
export interface DrawnText {
  readonly kind: Kind;
  readonly language: Language;
  readonly lines: readonly string[];
  readonly file: Buffer;
}

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** As people have them: written pages, receipts, screens, boards, words on photographs, and large coloured letters. */
export const KINDS = ["page", "receipt", "screen", "sign", "overlay", "poster"] as const;
export type Kind = (typeof KINDS)[number];

const WORDS: Readonly<Record<Language, readonly string[]>> = {
  en: `The morning train to the coast leaves at seven
Please keep this ticket until the end of the journey
Fresh bread and warm soup are served all day
Every window of the old library faces the garden
Three boxes of green apples were sold before noon
Our harbour tour begins beside the white lighthouse
Children under twelve may visit the museum for free
Remember to water the tomatoes on Thursday evening
The contract was signed by both parties in spring
Heavy rain is expected in the northern valleys
Open the second drawer and take the blue folder
A small bakery opened across from the station`.split("\n"),
  zh: `开往海边的早班列车七点出发
请妥善保管车票直到旅程结束
本店全天供应新鲜面包和热汤
老图书馆的每扇窗户都朝着花园
中午之前卖掉了三箱青苹果
港口游览从白色灯塔旁边开始
十二岁以下儿童可以免费参观博物馆
星期四晚上记得给番茄浇水
双方在春天签订了这份合同
北方山谷预计将有大雨
打开第二个抽屉拿出蓝色文件夹
车站对面新开了一家小面包店`.split("\n"),
};
const SHORT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "EXIT LEFT",
    "Fresh Coffee",
    "No Parking",
    "Grand Opening",
    "Book Market",
    "Ticket Office",
    "Summer Sale",
    "Platform Nine",
  ],
  zh: ["安全出口", "新鲜咖啡", "禁止停车", "盛大开业", "旧书市场", "售票大厅", "夏季特卖", "第九站台"],
};
const GOODS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Milk", "Bread", "Oranges", "Green tea", "Noodles", "Soap", "Honey", "Rice"],
  zh: ["牛奶", "面包", "橙子", "绿茶", "面条", "肥皂", "蜂蜜", "大米"],
};
const FAMILY: Readonly<Record<Language, readonly string[]>> = {
  en: ["DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"],
  zh: ["Noto Sans CJK SC", "Noto Serif CJK SC"],
};

/** The languages that this machine has fonts for. */
export async function drawnLanguages(): Promise<Language[]> {
  const { stdout } = await promisify(execFile)("fc-list", [":", "family"]).catch(() => ({ stdout: "" }));
  return LANGUAGES.filter((language) => FAMILY[language].some((family) => stdout.includes(family)));
}

/** The same every time. @param each pictures of each kind in each language. */
export async function* drawTexts(languages: readonly Language[], each: number): AsyncGenerator<DrawnText> {
  for (const kind of KINDS)
    for (const language of languages) for (let i = 0; i < each; i++) yield draw(kind, language, i);
}

interface Board {
  readonly width: number;
  readonly height: number;
  /** SVG beneath the letters. */
  readonly ground: string;
  /** A sample picture beneath all. */
  readonly photo?: number;
  readonly ink: string;
  readonly size: number;
  readonly left: number;
  readonly top: number;
  /** Of one line to the next, in sizes. */
  readonly leading?: number;
  /** Degrees. */
  readonly turn?: number;
  readonly style?: string;
  readonly lines: readonly string[];
}

async function draw(kind: Kind, language: Language, i: number): Promise<DrawnText> {
  const board = BOARDS[kind](language, i);
  const { width, height, ink, size, left, top, leading = 1.5, turn = 0, style = "", lines } = board;
  const family = FAMILY[language][i % FAMILY[language].length];
  const text = lines
    .map((line, n) => `<text xml:space="preserve" x="${left}" y="${top + n * size * leading}">${line}</text>`)
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <g transform="rotate(${turn} ${width / 2} ${height / 2})">${board.ground}
    <g font-family="${family}" font-size="${size}" fill="${ink}" ${style}>${text}</g></g></svg>`;
  const under =
    board.photo === undefined
      ? sharp({ create: { width, height, channels: 3, background: "#777" } })
      : sharp(`public/samples/${samples[board.photo % samples.length]!.file}`).resize(width, height);
  const file = await under
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 82 })
    .toBuffer();
  return { kind, language, lines: lines.map((line) => line.replace(/\s+/g, " ")), file };
}

const pick = <T>(list: readonly T[], from: number, count: number): T[] =>
  Array.from({ length: count }, (_, n) => list[(from + n) % list.length]!);
const rect = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;

const BOARDS: Readonly<Record<Kind, (language: Language, i: number) => Board>> = {
  page: (language, i) => ({
    ...{ width: 1240, height: 1000, ink: "#222", size: 26 + 2 * (i % 4), left: 110, top: 140 },
    ground: rect(-200, -200, 1800, 1600, ["#fdfdfb", "#f4efe0", "#e9eef5"][i % 3]!),
    lines: pick(WORDS[language], i * 3, 10),
  }),
  receipt: (language, i) => ({
    ...{ width: 620, height: 900, ink: "#3a3a3a", size: 28, left: 120, top: 120, turn: (i % 3) - 1 },
    ground: rect(70, 20, 480, 860, "#f6f6f2"),
    lines: [
      pick(SHORT[language], i, 1)[0]!,
      ...pick(GOODS[language], i, 6).map((name, n) => `${name}   ${3 + n}.${10 + 7 * ((i + n) % 9)}`),
    ],
  }),
  screen: (language, i) => ({
    ...{ width: 1440, height: 900, ink: "#d7dbe2", size: 22, left: 260, top: 130, leading: 1.9 },
    ground: rect(0, 0, 1440, 900, "#17191f") + rect(0, 0, 220, 900, "#22252e"),
    lines: pick(WORDS[language], i * 2 + 1, 8),
  }),
  sign: (language, i) => ({
    ...{ width: 1200, height: 900, photo: i, ink: "#fff", size: 92, left: 300, top: 420, turn: (i % 5) - 2 },
    ground: rect(250, 300, 700, 300, ["#0a5c36", "#113f8c", "#8c1a11"][i % 3]!),
    style: 'font-weight="bold"',
    lines: pick(SHORT[language], i, 2),
  }),
  overlay: (language, i) => ({
    ...{ width: 1200, height: 1200, photo: i + 3, ink: "#fff", size: 48, left: 60, top: 1040 },
    ground: "",
    style: 'stroke="#000" stroke-width="6" paint-order="stroke" font-weight="bold"',
    lines: pick(SHORT[language], i * 2, 2),
  }),
  poster: (language, i) => ({
    ...{ width: 1000, height: 1400, size: 118, left: 90, top: 420, leading: 1.4 },
    ink: ["#f7e8b5", "#2b1a5e", "#a81d3a"][i % 3]!,
    ground: rect(0, 0, 1000, 1400, ["#1d4e5f", "#f3b08a", "#f2ead9"][i % 3]!),
    style: 'font-weight="bold"',
    lines: pick(SHORT[language], i * 3, 3),
  }),
};
