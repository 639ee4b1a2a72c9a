/** A place, an hour, an outfit: what is asked for, and what it is called. */
export interface Scene {
  /** What comes behind who it is: "in front of a forest at sunset". */
  readonly prompt: string;
  readonly en: string;
  readonly zh: string;
}

export interface SceneSet {
  readonly en: string;
  readonly zh: string;
  readonly scenes: readonly Scene[];
  /** Whether what is worn changes from picture to picture: not where the scenes themselves say it. */
  readonly dresses: boolean;
}

const place = (en: string, zh: string, title = en): Scene => ({
  prompt: `in front of ${en}`,
  en: title.replace(/^(an?|the) /, "").replace(/^./, (first) => first.toUpperCase()),
  zh,
});

const outfit = (clothes: string, ground: string, en: string, zh: string): Scene => ({
  prompt: `wearing ${clothes}, ${ground} background`,
  ...{ en, zh },
});

const MEADOW = "a meadow with hills";
const DESERT = "a desert with cactuses";
const STARS = "at night with the moon and stars";
const ROOM = "a cosy room with a window, a lamp and a plant by day";

/** Ready-made scenes, by name: twelve each, in an order that tells something. Every one is drawn well by Seedling. */
export const SCENE_SETS = {
  day: {
    ...{ en: "A day out", zh: "出门的一天", dresses: true },
    scenes: [
      place(ROOM, "家里的早晨", "At home in the morning"),
      place(`${MEADOW} on a sunny day`, "晴天的草地", "A meadow in the sun"),
      place("a country road on a sunny day", "晴天的乡间公路", "On the country road"),
      place("a forest on a sunny day", "阳光下的森林", "A sunny forest"),
      place("a mountain lake on a sunny day", "山间的湖", "By the mountain lake"),
      place("mountains on a sunny day", "晴天的群山", "Up in the mountains"),
      place("a city street on a sunny day", "晴天的街道", "In the city"),
      place("a city street on a rainy day", "下雨的街道", "A shower in the city"),
      place("a beach by the sea on a sunny day", "阳光下的沙滩", "On the beach"),
      place("a beach by the sea at sunset", "夕阳下的沙滩", "The beach at sunset"),
      place("a country road at sunset", "夕阳下的归途", "The way home at sunset"),
      place(`${MEADOW} ${STARS}`, "星空下的草地", "Under the stars"),
    ],
  },
  seasons: {
    ...{ en: "Through the seasons", zh: "四季", dresses: true },
    scenes: [
      place(`${MEADOW} on a rainy day`, "春雨中的草地", "Spring rain"),
      place(`${MEADOW} on a sunny day`, "春日的草地", "A spring meadow"),
      place("a forest on a sunny day", "春天的森林", "The forest in May"),
      place("a beach by the sea on a sunny day", "夏日的沙滩", "Summer on the beach"),
      place("the open sea on a sunny day", "夏日的大海", "Out on the summer sea"),
      place("the open sea at sunset", "夏日海上的黄昏", "A summer evening at sea"),
      place("a forest at sunset", "秋天的森林", "The forest in autumn"),
      place("mountains at sunset", "秋日的群山", "Mountains in autumn light"),
      place("a city street on a rainy day", "秋雨中的街道", "Autumn rain"),
      place("a forest on a snowy day", "初雪", "The first snow"),
      place("a snowy landscape on a sunny day", "晴朗的雪地", "Snow in the sun"),
      place("a snowy landscape on a snowy night", "雪夜", "A snowy night"),
    ],
  },
  world: {
    ...{ en: "Around the world and beyond", zh: "环游世界", dresses: true },
    scenes: [
      place("a city street at sunset", "傍晚出发", "Setting out at dusk"),
      place("the open sea on a rainy day", "雨中的大海", "A wet crossing"),
      place("the open sea on a sunny day", "晴天的大海", "Calm seas"),
      place(`${DESERT} on a sunny day`, "长着仙人掌的沙漠", "Among the cactuses"),
      place(`${DESERT} at sunset`, "沙漠的黄昏", "Dusk in the desert"),
      place(`${DESERT} ${STARS}`, "沙漠的星空", "Desert stars"),
      place("mountains on a snowy day", "大雪中的群山", "Snow on the pass"),
      place("a snowy landscape at sunset", "夕阳下的雪原", "Evening in the far north"),
      place("the bottom of the sea with corals", "海底的珊瑚", "Down among the corals"),
      place("a sea of clouds on a sunny day", "云海之上", "Above the clouds"),
      place(`a sea of clouds ${STARS}`, "夜晚的云海", "Above the clouds at night"),
      place("outer space with planets and stars", "太空中的行星", "Out among the planets"),
    ],
  },
  wardrobe: {
    ...{ en: "The whole wardrobe", zh: "换装秀", dresses: false },
    scenes: [
      outfit("a red t-shirt", "sky blue", "The red t-shirt", "红色T恤"),
      outfit("a blue striped shirt", "cream", "Blue stripes", "蓝色条纹衫"),
      outfit("a yellow hoodie", "lavender polka-dot", "The yellow hoodie", "黄色连帽卫衣"),
      outfit("a green sweater", "pink", "The green sweater", "绿色毛衣"),
      outfit("navy overalls", "yellow to orange gradient", "Overalls", "藏青色背带裤"),
      outfit("a white t-shirt", "teal", "Plain white", "白色T恤"),
      outfit("an orange shirt with a collar", "sky blue", "The orange shirt", "橙色翻领衬衫"),
      outfit("a pink hoodie", "mint", "The pink hoodie", "粉色连帽卫衣"),
      outfit("a purple striped shirt", "yellow", "Purple stripes", "紫色条纹衫"),
      outfit("a teal sweater", "cream", "The teal sweater", "青色毛衣"),
      outfit("a black t-shirt", "orange to yellow gradient", "All in black", "黑色T恤"),
      outfit("a red striped shirt", "mint polka-dot", "Red stripes", "红色条纹衫"),
    ],
  },
} as const satisfies Record<string, SceneSet>;

export type SceneSetName = keyof typeof SCENE_SETS;
