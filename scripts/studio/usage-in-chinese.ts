/** What commands say alike when something is missing, and the same in Chinese. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^(--[\w-]+) is missing\.$/, "缺少 $1。"],
  [/^(--[\w-]+) needs (--[\w-]+)\.$/, "$1 需要与 $2 一起使用。"],
  [/^(--[\w-]+) and (--[\w-]+) do not go together\.$/, "$1 和 $2 不能同时使用。"],
  [/^(--[\w-]+) is a number from (\d+) to (\d+)\.$/, "$1 应为 $2 到 $3 之间的数字。"],
  [/^(--[^:]*): use one of (.+)$/, "$1：请使用 $2 之一"],
  [/^(--[^:]*): use (.+)$/, "$1：请使用 $2"],
  [/^([\w-]+) needs one picture\.$/, "$1 需要一张图片。"],
  [/^([\w-]+) needs at least one picture\.$/, "$1 至少需要一张图片。"],
  [/^([\w-]+) needs one file\.$/, "$1 需要一个文件。"],
  [/^([\w-]+) needs words\.$/, "$1 需要搜索词。"],
  [/^([\w-]+) knows: (.+)\.$/, "$1 可用：$2。"],
];

/** Of what is said otherwise the English stays. */
export function usageInChinese(message: string): string {
  const shape = SHAPES.find(([pattern]) => pattern.test(message));
  return shape ? message.replace(shape[0], shape[1]) : message;
}
