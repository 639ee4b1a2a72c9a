import type { Hex } from "./colour";

/** One idea in both languages. */
export type Words = { en: string; zh: string };
export type NamedColour = Words & { hex: Hex };

const colour = (hex: Hex, en: string, zh: string): NamedColour => ({ hex, en, zh });
const words = (en: string, zh: string): Words => ({ en, zh });

export const COLOURS = {
  red: colour("#e4504f", "red", "红色"),
  orange: colour("#f58b3c", "orange", "橙色"),
  yellow: colour("#f9c846", "yellow", "黄色"),
  green: colour("#4fa868", "green", "绿色"),
  mint: colour("#a5dcc3", "mint", "薄荷绿"),
  teal: colour("#2f9e9b", "teal", "青色"),
  "sky blue": colour("#86c5ee", "sky blue", "天蓝色"),
  blue: colour("#3f72d8", "blue", "蓝色"),
  navy: colour("#28376b", "navy", "藏青色"),
  purple: colour("#8a5fc4", "purple", "紫色"),
  lavender: colour("#cbb9ee", "lavender", "淡紫色"),
  pink: colour("#f49cb6", "pink", "粉色"),
  cream: colour("#fbeed3", "cream", "米色"),
  white: colour("#fdfcf8", "white", "白色"),
  grey: colour("#a9b0bd", "grey", "灰色"),
  black: colour("#34323f", "black", "黑色"),
  brown: colour("#8e5f41", "brown", "棕色"),
} as const;
export type Colour = keyof typeof COLOURS;

export const SKINS = {
  fair: colour("#ffe0cb", "fair skin", "白皙皮肤"),
  light: colour("#f7cba6", "light skin", "浅色皮肤"),
  tan: colour("#dfa87a", "tan skin", "小麦色皮肤"),
  brown: colour("#ad7349", "brown skin", "棕色皮肤"),
  dark: colour("#744a34", "dark skin", "深色皮肤"),
} as const;
export type Skin = keyof typeof SKINS;

export const HAIR_COLOURS = {
  black: colour("#2f2a38", "black", "黑色"),
  brown: colour("#704632", "brown", "棕色"),
  blond: colour("#f3ca66", "blond", "金色"),
  ginger: colour("#dc6430", "ginger", "橘红色"),
  pink: colour("#f58db2", "pink", "粉色"),
  blue: colour("#4c86dc", "blue", "蓝色"),
  purple: colour("#8c66cb", "purple", "紫色"),
  green: colour("#52b07e", "green", "绿色"),
  silver: colour("#dfe3ec", "silver", "银色"),
} as const;
export type HairColour = keyof typeof HAIR_COLOURS;

/** `{c}` is where the colour goes; it is left out when a style drops colours. */
export const HAIRS = {
  short: words("short {c} hair", "{c}短发"),
  swept: words("side-swept {c} hair", "{c}侧分短发"),
  spiky: words("spiky {c} hair", "{c}刺猬头"),
  curly: words("curly {c} hair", "{c}卷发"),
  afro: words("a {c} afro", "{c}爆炸头"),
  bob: words("a {c} bob", "{c}波波头"),
  long: words("long {c} hair", "{c}长发"),
  wavy: words("long wavy {c} hair", "{c}波浪长发"),
  ponytail: words("a {c} ponytail", "{c}马尾辫"),
  pigtails: words("{c} pigtails", "{c}双马尾"),
  bun: words("a {c} hair bun", "{c}丸子头"),
  braids: words("{c} braids", "{c}麻花辫"),
  mohawk: words("a {c} mohawk", "{c}莫西干头"),
  buzz: words("a {c} buzz cut", "{c}寸头"),
  bald: words("a bald head", "光头"),
} as const;
export type Hair = keyof typeof HAIRS;

export const GLASSES = {
  none: words("", ""),
  round: words("round glasses", "圆框眼镜"),
  square: words("square glasses", "方框眼镜"),
  sunglasses: words("sunglasses", "墨镜"),
} as const;
export type Glasses = keyof typeof GLASSES;

/** `wear` is the Chinese verb that goes with it. */
export const HEADWEARS = {
  none: { ...words("", ""), wear: "", coloured: false },
  beanie: { ...words("a {c} beanie", "{c}毛线帽"), wear: "戴着", coloured: true },
  cap: { ...words("a {c} cap", "{c}棒球帽"), wear: "戴着", coloured: true },
  "wizard hat": { ...words("a {c} wizard hat", "{c}巫师帽"), wear: "戴着", coloured: true },
  crown: { ...words("a golden crown", "金色皇冠"), wear: "戴着", coloured: false },
  flower: { ...words("a {c} flower in the hair", "{c}花朵"), wear: "头上别着", coloured: true },
  headphones: { ...words("{c} headphones", "{c}耳机"), wear: "戴着", coloured: true },
  "straw hat": { ...words("a straw hat", "草帽"), wear: "戴着", coloured: false },
  bow: { ...words("a {c} bow in the hair", "{c}蝴蝶结"), wear: "头上扎着", coloured: true },
  "cat ears": { ...words("{c} cat ears", "{c}猫耳"), wear: "戴着", coloured: true },
  "party hat": { ...words("a {c} party hat", "{c}派对帽"), wear: "戴着", coloured: true },
  "chef hat": { ...words("a white chef hat", "白色厨师帽"), wear: "戴着", coloured: false },
} as const;
export type Headwear = keyof typeof HEADWEARS;

/** `zh` stands before 的. */
export const EXPRESSIONS = {
  smile: words("smiling", "微笑"),
  laugh: words("laughing", "大笑"),
  sad: words("sad", "难过"),
  surprised: words("surprised", "惊讶"),
  wink: words("winking", "眨眼"),
  neutral: words("calm", "平静"),
  angry: words("angry", "生气"),
  sleepy: words("sleeping", "闭眼睡觉"),
} as const;
export type Expression = keyof typeof EXPRESSIONS;

export const CLOTHES = {
  "t-shirt": words("a {c} t-shirt", "{c}T恤"),
  "striped shirt": words("a {c} striped shirt", "{c}条纹衫"),
  hoodie: words("a {c} hoodie", "{c}连帽卫衣"),
  "collared shirt": words("a {c} shirt with a collar", "{c}翻领衬衫"),
  sweater: words("a {c} sweater", "{c}高领毛衣"),
  dress: words("a {c} dress", "{c}连衣裙"),
  overalls: words("{c} overalls", "{c}背带裤"),
} as const;
export type Clothes = keyof typeof CLOTHES;

/** `zhVerb` is the Chinese verb that goes with it. */
export const ACCESSORIES = {
  none: { ...words("", ""), zhVerb: "" },
  earrings: { ...words("gold earrings", "金色耳环"), zhVerb: "戴着" },
  scarf: { ...words("a {c} scarf", "{c}围巾"), zhVerb: "围着" },
  "bow tie": { ...words("a {c} bow tie", "{c}领结"), zhVerb: "系着" },
  necklace: { ...words("a pearl necklace", "珍珠项链"), zhVerb: "戴着" },
  freckles: { ...words("freckles", "雀斑"), zhVerb: "脸上有" },
  beard: { ...words("a beard", "络腮胡"), zhVerb: "留着" },
  moustache: { ...words("a moustache", "小胡子"), zhVerb: "留着" },
} as const;
export type Accessory = keyof typeof ACCESSORIES;

/** Girls have lashes; boys have none. */
export const PERSONS = {
  girl: words("girl", "女孩"),
  boy: words("boy", "男孩"),
  /** With a beard or a moustache. */
  man: words("man", "男人"),
} as const;
export type Person = keyof typeof PERSONS;

/** `keepsColour`: whether colour words stay true. `en` and `zh` hold the subject at `{x}`. */
export const STYLES = {
  flat: {
    ...words("flat illustration of {x}", "{x}，扁平插画"),
    tag: words("flat", "扁平风"),
    keepsColour: true,
  },
  outline: {
    ...words("bold outline drawing of {x}", "{x}，粗线描边插画"),
    tag: words("bold outline", "粗线描边"),
    keepsColour: true,
  },
  "line art": {
    ...words("black and white line art of {x}", "{x}，黑白线稿"),
    tag: words("line art", "线稿"),
    keepsColour: false,
  },
  pixel: {
    ...words("pixel art of {x}", "像素风格的{x}"),
    tag: words("pixel art", "像素风"),
    keepsColour: true,
  },
  "paper-cut": {
    ...words("paper-cut of {x}", "剪纸风格的{x}"),
    tag: words("paper-cut", "剪纸风"),
    keepsColour: true,
  },
  watercolour: {
    ...words("watercolour painting of {x}", "水彩风格的{x}"),
    tag: words("watercolour", "水彩风"),
    keepsColour: true,
  },
  duotone: {
    ...words("{t} duotone picture of {x}", "{t}双色调的{x}"),
    tag: words("{t} duotone", "{t}双色调"),
    keepsColour: false,
  },
  monochrome: {
    ...words("black and white picture of {x}", "黑白的{x}"),
    tag: words("black and white", "黑白"),
    keepsColour: false,
  },
  pastel: {
    ...words("pastel picture of {x}", "柔和粉彩色调的{x}"),
    tag: words("pastel colours", "粉彩色调"),
    keepsColour: true,
  },
  dark: {
    ...words("dark moody picture of {x}", "暗色调的{x}"),
    tag: words("dark colours", "暗色调"),
    keepsColour: true,
  },
} as const;
export type Style = keyof typeof STYLES;

/** Ink and paper of each duotone. */
export const DUOTONES = {
  blue: { ...words("blue", "蓝色"), ink: "#1d3a8a", paper: "#fdf3df" },
  red: { ...words("red", "红色"), ink: "#a3222f", paper: "#fff1e2" },
  green: { ...words("green", "绿色"), ink: "#17513f", paper: "#f4f3da" },
  purple: { ...words("purple", "紫色"), ink: "#43236f", paper: "#ffe9e0" },
  orange: { ...words("orange", "橙色"), ink: "#8c3a06", paper: "#fff0cf" },
} as const;
export type Duotone = keyof typeof DUOTONES;

/** What grounds and clothes are painted with. */
export const GROUNDS: readonly Colour[] = [
  ...(["red", "orange", "yellow", "green", "mint", "teal", "sky blue", "blue", "navy"] as const),
  ...(["purple", "lavender", "pink", "cream", "white", "grey"] as const),
];
