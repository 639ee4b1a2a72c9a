/**
 * Prompts that the model which ships draws well: places, people and things, in the words and the order that it learnt them in.
 * “微笑的卷发的人” gets a moustache.
 */
export const IDEAS = {
  draw: [
    { en: "a smiling person with curly hair on a blue background", zh: "一个微笑的人物，卷发，蓝色背景" },
    { en: "a woman with long red hair and glasses", zh: "一个女人，红色长发，戴着圆框眼镜" },
    { en: "a city at night", zh: "夜晚的城市" },
    { en: "the sea under a bright sun", zh: "明亮太阳下的大海" },
    { en: "mountains", zh: "山" },
    { en: "space with planets", zh: "有行星的太空" },
    { en: "a forest", zh: "森林" },
  ],
  place: [
    { en: "a beach with the sea and a blue sky", zh: "蓝天大海的沙滩" },
    { en: "a kitchen with a window", zh: "有窗户的厨房" },
    { en: "a forest", zh: "森林" },
    { en: "mountains at sunset", zh: "日落时的山" },
    { en: "a city at night", zh: "夜晚的城市" },
  ],
  // One large thing before a plain ground is still seen where a code is drawn into it.
  code: [
    { en: "a red apple on a teal background", zh: "一个红苹果，青色背景" },
    { en: "a red heart on a yellow background", zh: "一颗红色爱心，黄色背景" },
    { en: "a smiling person with curly hair on a blue background", zh: "一个微笑的人物，卷发，蓝色背景" },
    { en: "the sea under a bright sun", zh: "明亮太阳下的大海" },
    { en: "mountains at sunset", zh: "日落时的山" },
    { en: "space with planets", zh: "有行星的太空" },
  ],
} as const;

export type IdeaKind = keyof typeof IDEAS;
