/** Prompts that the model which ships draws well: people and places. */
export const IDEAS = {
  draw: [
    { en: "a girl with red hair and glasses in a forest", zh: "森林里戴眼镜的红发女孩" },
    { en: "a boy with a hat at the sea", zh: "海边戴帽子的男孩" },
    { en: "mountains under a blue sky with clouds", zh: "蓝天白云下的山" },
    { en: "a city at night with a moon", zh: "夜晚的城市，有月亮" },
    { en: "a smiling woman with curly hair in a room", zh: "房间里微笑的卷发女人" },
    { en: "stars and planets in space", zh: "太空中的星星和行星" },
  ],
  code: [
    { en: "mountains under a blue sky with clouds", zh: "蓝天白云下的山" },
    { en: "the sea with a bright sun", zh: "大海，明亮的太阳" },
    { en: "a forest in the morning", zh: "清晨的森林" },
    { en: "a city at night with a moon", zh: "夜晚的城市，有月亮" },
    { en: "stars and planets in space", zh: "太空中的星星和行星" },
  ],
} as const;

export type IdeaKind = keyof typeof IDEAS;
