/** Prompts that the model which ships draws well: places and people. */
export const IDEAS = {
  draw: [
    { en: "a smiling person with curly hair", zh: "微笑的卷发的人" },
    { en: "a woman with long red hair and glasses", zh: "戴眼镜的红色长发女人" },
    { en: "a city at night", zh: "夜晚的城市" },
    { en: "the sea under a bright sun", zh: "明亮太阳下的大海" },
    { en: "mountains", zh: "山" },
    { en: "space with planets", zh: "有行星的太空" },
    { en: "a forest", zh: "森林" },
  ],
  code: [
    { en: "a city at night", zh: "夜晚的城市" },
    { en: "mountains", zh: "山" },
    { en: "the sea under a bright sun", zh: "明亮太阳下的大海" },
    { en: "a forest", zh: "森林" },
    { en: "space with planets", zh: "有行星的太空" },
  ],
} as const;

export type IdeaKind = keyof typeof IDEAS;
