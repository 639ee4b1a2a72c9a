import type { Family } from "@/lib/engine/layouts/checkpoint";
import { inspectModel, type ModelInspection } from "@/lib/inference/inspect-model";
import { messages } from "./messages/messages";
import { padToColumns } from "./pad-to-columns";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

const FAMILIES: Readonly<Record<Exclude<Family, "sdxl-refiner">, string>> = {
  sd1: "Stable Diffusion 1",
  sd2: "Stable Diffusion 2",
  sdxl: "Stable Diffusion XL",
  sd3: "Stable Diffusion 3",
  flux: "FLUX",
};

/** Says what a .safetensors file or a diffusers folder is, from names, shapes and metadata; no weights are read. */
export async function inspect(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean" }, lang: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("oneFile", "inspect");
  const found = await inspectModel(file);
  if (values.json) console.log(JSON.stringify(found));
  else
    for (const [name, value] of found.layout === "file" ? describeFile(found) : describeFolder(found))
      if (value !== null && value !== "") console.log(`${padToColumns(name, 14)}${value}`);
  return 0;
}

type Line = readonly [name: string, value: string | number | null];
type File = Extract<ModelInspection, { layout: "file" }>;
type Folder = Extract<ModelInspection, { layout: "diffusers" }>;

function whatItIs(kind: string, family: Family | null, naming: string): Line {
  const { clause, inspect: told } = messages();
  const whose =
    family && told.family(family === "sdxl-refiner" ? told.refiner(FAMILIES.sdxl) : FAMILIES[family]);
  return [told.what(), [kind, whose, told.naming(naming)].filter(Boolean).join(clause)];
}

function describeFile({ kind, family, naming, facts, metadata, lora, ...found }: File): Line[] {
  const { parameters, dtypes } = found;
  const { comma, clause, inspect: told } = messages();
  const share = ([dtype, count]: readonly [string, number]) =>
    dtypes.length === 1 ? dtype : `${dtype} ${((100 * count) / parameters).toFixed(1)} %`;
  return [
    [told.file(), found.file],
    whatItIs(kind, family, naming),
    [told.title(), lora?.name ?? metadata["modelspec.title"] ?? null],
    [told.madeFor(), lora?.baseModel ?? metadata["modelspec.architecture"] ?? null],
    [told.size(), told.tensors(`${metric(found.sizeBytes)}B`, found.tensors)],
    [told.parameters(), [metric(parameters), ...dtypes.map(share)].join(clause)],
    ...Object.entries(facts).map(([name, value]): Line => [factName(name), value]),
    [told.layers(), lora?.layers ?? null],
    [told.alpha(), found.alphas.join(comma)],
    [told.triggerWords(), found.triggerWords.join(comma)],
  ];
}

/** What the engine calls a fact of a file, in the reader's language where that has a word for it. */
function factName(name: string): string {
  const { facts } = messages().inspect;
  return name in facts ? facts[name as keyof typeof facts]() : name;
}

function describeFolder({ folder, kind, family, prediction, parts }: Folder): Line[] {
  const { clause, inspect: told } = messages();
  return [
    [told.folder(), folder],
    whatItIs(kind, family, "diffusers"),
    [told.predicts(), prediction],
    ...parts.map(
      ({ part, parameters, dtypes }): Line => [part, [metric(parameters), ...dtypes].join(clause)],
    ),
  ];
}

/** "2.1 G", "860 M", "12 k" */
function metric(count: number): string {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${["", "k", "M", "G"][step]}`;
}
