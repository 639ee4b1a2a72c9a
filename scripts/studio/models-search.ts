import { modelsOf, sizesOf } from "@/lib/models/catalogue";
import { type Fit, fitOf, roomForModels } from "@/lib/models/fits-machine";
import { formatBytes } from "@/lib/models/format-bytes";
import { searchBundles, searchCatalogue } from "@/lib/models/search-catalogue";
import { type SizeSum, sumSizes } from "@/lib/models/sum-sizes";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { padToColumns } from "./pad-to-columns";

/** `models search [WORDS]`: bundles first, then what the project knows of models; all of it without words. */
export async function search(words: string, json: boolean): Promise<number> {
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
  const told = messages().models;
  const language = locale();
  if (models.length + bundles.length === 0) console.error(told.nothing());
  for (const { id, size, fit, title, note, models: parts } of bundles) {
    console.log(head(id, told.bundle(), describeSum(size), title[language]));
    console.log(`    ${note[language]}\n    ${parts.join(" + ")}${describeFit(fit)}`);
  }
  for (const { id, kind, fit, licence, note, ...sizes } of models) {
    const size = sizes.aboutBytes === null ? "" : describeSum(sumSizes([sizes]));
    console.log(head(id, kind, size, licence ?? told.noLicence()));
    console.log(`    ${note[language]}${describeFit(fit)}`);
  }
  return 0;
}

const head = (id: string, kind: string, size: string, last: string): string =>
  `${id.padEnd(26)}${padToColumns(kind, 12)}${padToColumns(size, 13, "right")}  ${last}`;

/** "2.1 GB", "about 4.3 GB", "more than 1.2 GB"; nothing where nothing is known. */
export function describeSum({ bytes, is }: SizeSum): string {
  if (bytes === 0) return "";
  const said = formatBytes(bytes);
  return is === "exact" ? said : messages().models[is](said);
}

/** What this machine lacks for it, and how long a picture takes; in lines of their own, where there is something to say. */
export function describeFit({ disk, memory, secondsOnTwoCores, steps }: Fit): string {
  const told = messages().models;
  const minutes = secondsOnTwoCores === null ? null : Math.max(1, Math.round(secondsOnTwoCores / 60));
  const lines = [
    minutes !== null && told.time(minutes, steps ?? ""),
    memory === "int8" && told.memoryInt8(),
    memory === "short" && told.memoryShort(),
    disk === "full" && told.diskFull(),
  ];
  return lines
    .filter((line) => line !== false)
    .map((line) => `\n    ${line}`)
    .join("");
}
