import type { Words } from "../vocabulary";

export type Category =
  | "face"
  | "heart"
  | "animal"
  | "bird"
  | "sea animal"
  | "insect"
  | "plant"
  | "food"
  | "drink"
  | "building"
  | "vehicle"
  | "boat"
  | "aircraft"
  | "weather"
  | "toy"
  | "sport"
  | "clothing"
  | "music"
  | "tool"
  | "object";

/** For tags and captions; `classifier` is the Chinese measure word of most of the category ("" leaves it out). */
export const CATEGORIES: Record<Category, Words & { classifier: string }> = {
  face: { en: "face", zh: "表情", classifier: "一个" },
  heart: { en: "heart", zh: "爱心", classifier: "一颗" },
  animal: { en: "animal", zh: "动物", classifier: "一只" },
  bird: { en: "bird", zh: "鸟类", classifier: "一只" },
  "sea animal": { en: "sea animal", zh: "海洋动物", classifier: "一只" },
  insect: { en: "insect", zh: "昆虫", classifier: "一只" },
  plant: { en: "plant", zh: "植物", classifier: "" },
  food: { en: "food", zh: "食物", classifier: "" },
  drink: { en: "drink", zh: "饮品", classifier: "" },
  building: { en: "building", zh: "建筑", classifier: "一座" },
  vehicle: { en: "vehicle", zh: "交通工具", classifier: "一辆" },
  boat: { en: "boat", zh: "船", classifier: "一艘" },
  aircraft: { en: "aircraft", zh: "飞行器", classifier: "一架" },
  weather: { en: "weather", zh: "天气", classifier: "" },
  toy: { en: "toy", zh: "玩具", classifier: "一个" },
  sport: { en: "sport", zh: "运动", classifier: "" },
  clothing: { en: "clothing", zh: "服饰", classifier: "" },
  music: { en: "music", zh: "音乐", classifier: "" },
  tool: { en: "tool", zh: "工具", classifier: "" },
  object: { en: "object", zh: "物品", classifier: "" },
};

/** emojibase's subgroups that can be drawn as one thing; those not named here are left out. */
export const SUBGROUPS: Readonly<Record<string, Category>> = {
  "face-smiling": "face",
  "face-affection": "face",
  "face-tongue": "face",
  "face-neutral-skeptical": "face",
  "face-sleepy": "face",
  "face-hat": "face",
  "face-glasses": "face",
  "face-concerned": "face",
  "face-negative": "face",
  "face-costume": "face",
  heart: "heart",
  "animal-mammal": "animal",
  "animal-amphibian": "animal",
  "animal-reptile": "animal",
  "animal-bird": "bird",
  "animal-marine": "sea animal",
  "animal-bug": "insect",
  "plant-flower": "plant",
  "plant-other": "plant",
  "food-fruit": "food",
  "food-vegetable": "food",
  "food-prepared": "food",
  "food-asian": "food",
  "food-sweet": "food",
  drink: "drink",
  dishware: "object",
  "place-building": "building",
  "place-religious": "building",
  "place-other": "building",
  "place-map": "object",
  "place-geographic": "building",
  "transport-ground": "vehicle",
  "transport-water": "boat",
  "transport-air": "aircraft",
  hotel: "object",
  time: "object",
  "sky-weather": "weather",
  event: "toy",
  "award-medal": "sport",
  sport: "sport",
  game: "toy",
  "arts-crafts": "toy",
  clothing: "clothing",
  sound: "music",
  music: "music",
  "musical-instrument": "music",
  phone: "object",
  computer: "object",
  "light-video": "object",
  "book-paper": "object",
  money: "object",
  mail: "object",
  writing: "object",
  office: "object",
  lock: "object",
  tool: "tool",
  science: "tool",
  household: "object",
};
