import type { Locale } from "@/lib/errors";
import { modelsOf, sizesOf } from "@/lib/models/catalogue";
import { type Fit, fitOf, roomForModels } from "@/lib/models/fits-machine";
import { formatBytes } from "@/lib/models/format-bytes";
import { searchBundles, searchCatalogue } from "@/lib/models/search-catalogue";
import { type SizeSum, sumSizes } from "@/lib/models/sum-sizes";

/** `models search [WORDS]`: bundles first, then what the project knows of models; all of it without words. */
export async function search(words: string, { json, locale }: { json: boolean; locale: Locale }) {
  const room = await roomForModels();
  const models = searchCatalogue(words).map((model) => ({
    ...{ ...model, ...sizesOf(model), fit: fitOf([model], room) },
  }));
  const bundles = searchBundles(words).map((bundle) => {
    const all = modelsOf(bundle);
    return { ...bundle, size: sumSizes(all.map(sizesOf)), fit: fitOf(all, room) };
  });
  if (json) {
    console.log(JSON.stringify({ words, bundles, models }));
    return 0;
  }
  if (models.length + bundles.length === 0) console.error(NOTHING[locale]);
  for (const { id, size, fit, title, note, models: parts } of bundles) {
    console.log(head(id, KIND[locale], describeSum(size, locale), title[locale]));
    console.log(`    ${note[locale]}\n    ${parts.join(" + ")}${describeFit(fit, locale)}`);
  }
  for (const { id, kind, fit, licence, note, ...sizes } of models) {
    const size = sizes.aboutBytes === null ? "" : describeSum(sumSizes([sizes]), locale);
    console.log(head(id, kind, size, licence ?? NO_LICENCE[locale]));
    console.log(`    ${note[locale]}${describeFit(fit, locale)}`);
  }
  return 0;
}

const NOTHING: Readonly<Record<Locale, string>> = {
  en: "No model is called or described like that.",
  zh: "没有名称或描述相符的模型。",
};
const NO_LICENCE: Readonly<Record<Locale, string>> = { en: "no licence named", zh: "未注明许可证" };
const KIND: Readonly<Record<Locale, string>> = { en: "bundle", zh: "组合" };

const head = (id: string, kind: string, size: string, last: string): string =>
  `${id.padEnd(26)}${kind.padEnd(12)}${size.padStart(13)}  ${last}`;

/** "2.1 GB", "about 4.3 GB", "more than 1.2 GB"; nothing where nothing is known. */
export function describeSum({ bytes, is }: SizeSum, locale: Locale): string {
  if (bytes === 0) return "";
  const before = locale === "zh" ? { about: "约 ", more: "超过 " } : { about: "about ", more: "more than " };
  return `${is === "exact" ? "" : before[is]}${formatBytes(bytes)}`;
}

/** What this machine lacks for it, and how long a picture takes; in lines of their own, where there is something to say. */
export function describeFit({ disk, memory, secondsOnTwoCores, steps }: Fit, locale: Locale): string {
  const minutes = secondsOnTwoCores === null ? null : Math.max(1, Math.round(secondsOnTwoCores / 60));
  const told =
    locale === "zh"
      ? {
          ...{ full: "磁盘空间不足", short: "超出这台电脑可用于模型的内存" },
          ...{
            int8: "内存只够用 8 位精度（generate --precision int8）",
            time: `双核 ${steps} 步约 ${minutes} 分钟一张图`,
          },
        }
      : {
          ...{ full: "not enough room on the disk", short: "more memory than this computer has for models" },
          int8: "fits this computer's memory only in 8 bits (generate --precision int8)",
          time: `about ${minutes} min a picture in ${steps} steps on two cores`,
        };
  const lines = [
    minutes !== null && told.time,
    memory === "int8" && told.int8,
    memory === "short" && told.short,
    disk === "full" && told.full,
  ];
  return lines
    .filter((line) => line !== false)
    .map((line) => `\n    ${line}`)
    .join("");
}
