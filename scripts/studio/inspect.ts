import { parseArgs } from "node:util";
import type { Family } from "@/lib/engine/layouts/checkpoint";
import { inspectModel, type ModelInspection } from "@/lib/inference/inspect-model";
import { UsageError } from "./usage-error";

const FAMILIES: Readonly<Record<Family, string>> = {
  sd1: "Stable Diffusion 1",
  sd2: "Stable Diffusion 2",
  sdxl: "Stable Diffusion XL",
  "sdxl-refiner": "Stable Diffusion XL refiner",
  sd3: "Stable Diffusion 3",
  flux: "FLUX",
};

/** Says what a .safetensors file or a diffusers folder is, from names, shapes and metadata; no weights are read. */
export async function inspect(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean" }, lang: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("inspect needs one file.");
  const found = await inspectModel(file);
  if (values.json) console.log(JSON.stringify(found));
  else
    for (const [name, value] of found.layout === "file" ? describeFile(found) : describeFolder(found))
      if (value !== null && value !== "") console.log(`${name.padEnd(14)}${value}`);
  return 0;
}

type Line = readonly [name: string, value: string | number | null];
type File = Extract<ModelInspection, { layout: "file" }>;
type Folder = Extract<ModelInspection, { layout: "diffusers" }>;

const whatItIs = (kind: string, family: Family | null, naming: string): Line => [
  "what",
  [kind, family && `for ${FAMILIES[family]}`, `${naming} names`].filter(Boolean).join(", "),
];

function describeFile({ kind, family, naming, facts, metadata, lora, ...found }: File): Line[] {
  const { parameters, dtypes } = found;
  const share = ([dtype, count]: readonly [string, number]) =>
    dtypes.length === 1 ? dtype : `${dtype} ${((100 * count) / parameters).toFixed(1)} %`;
  return [
    ["file", found.file],
    whatItIs(kind, family, naming),
    ["title", lora?.name ?? metadata["modelspec.title"] ?? null],
    ["made for", lora?.baseModel ?? metadata["modelspec.architecture"] ?? null],
    ["size", `${metric(found.sizeBytes)}B, ${found.tensors} tensors`],
    ["parameters", `${metric(parameters)}, ${dtypes.map(share).join(", ")}`],
    ...Object.entries(facts),
    ["layers", lora?.layers ?? null],
    ["alpha", found.alphas.join(", ")],
    ["trigger words", found.triggerWords.join(", ")],
  ];
}

function describeFolder({ folder, kind, family, prediction, parts }: Folder): Line[] {
  return [
    ["folder", folder],
    whatItIs(kind, family, "diffusers"),
    ["predicts", prediction],
    ...parts.map(
      ({ part, parameters, dtypes }): Line => [part, `${metric(parameters)}, ${dtypes.join(", ")}`],
    ),
  ];
}

/** "2.1 G", "860 M", "12 k" */
function metric(count: number): string {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${["", "k", "M", "G"][step]}`;
}
