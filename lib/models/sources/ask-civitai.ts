import { z } from "zod";
import { env } from "../../env";
import { AppError } from "../../errors";
import { getJson } from "../network/get-json";
import type { Patience } from "../network/retrying";
import { safeName } from "../safe-name";
import { type CivitaiPage, type CivitaiSource, formatSource, type RemoteModel } from "./model-source";

const versionAnswer = z.object({
  trainedWords: z.array(z.string()).catch([]),
  files: z.array(
    z.object({
      name: z.string(),
      sizeKB: z.number().nullish().catch(null),
      type: z.string(),
      primary: z.boolean().optional().catch(false),
      hashes: z
        .object({ SHA256: z.string().regex(/^[0-9a-fA-F]{64}$/) })
        .partial()
        .catch({}),
      downloadUrl: z.url(),
    }),
  ),
});
type Listed = z.infer<typeof versionAnswer>["files"][number];

/** Of the kinds of files that versions have: the model itself, whole or without what only training needs. */
const KINDS = ["Model", "Pruned Model"];

/** The newest first, as its page shows them. */
const pageAnswer = z.object({ modelVersions: z.array(z.object({ id: z.int().positive() })) });

/**
 * What Civitai has of a version of a model, or of its newest: its first file of weights.
 * @throws AppError model_gone, weights_pickle, model_file_unclear; those of `getJson`
 * @source https://developer.civitai.com/site/reference/model-versions
 */
export async function askCivitai(
  source: CivitaiSource | CivitaiPage,
  signal: AbortSignal,
  patience?: Patience,
): Promise<RemoteModel> {
  const ask = async <T>(schema: z.ZodType<T>, path: string): Promise<T> => {
    const url = new URL(`${env().CIVITAI_ENDPOINT.replace(/\/$/, "")}/api/v1/${path}`);
    const { body } = await getJson(url, formatSource(source), signal, patience);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new AppError("model_host_failed", { cause: parsed.error, details: { host: url.host } });
  };
  if (source.from === "civitai") return describe(source, await askVersion(ask, source));
  const [newest] = (await ask(pageAnswer, `models/${source.model}`)).modelVersions;
  if (!newest) throw new AppError("model_file_unclear", { details: { source: formatSource(source) } });
  const version = { from: "civitai", version: newest.id } as const;
  return describe(version, await askVersion(ask, version));
}

type Ask = <T>(schema: z.ZodType<T>, path: string) => Promise<T>;

const askVersion = (ask: Ask, { version }: CivitaiSource) => ask(versionAnswer, `model-versions/${version}`);

function describe(
  source: CivitaiSource,
  { files, trainedWords }: z.infer<typeof versionAnswer>,
): RemoteModel {
  const said = formatSource(source);
  const file = choose(files, said);
  const bytes = Math.round((file.sizeKB ?? 0) * 1024);
  return {
    layout: "file",
    source: said,
    name: safeName(file.name.replace(/\.safetensors$/i, "")),
    files: [
      {
        path: `${safeName(file.name.replace(/\.safetensors$/i, ""))}.safetensors`,
        url: new URL(file.downloadUrl),
        // Kilobytes with a fraction: whole bytes where they are exact.
        sizeBytes: bytes > 0 && Number.isInteger((file.sizeKB ?? 0.1) * 1024) ? bytes : null,
        sha256: file.hashes.SHA256?.toLowerCase() ?? null,
      },
    ],
    licence: null,
    triggerWords: trainedWords.slice(0, 12),
  };
}

function choose(files: readonly Listed[], said: string): Listed {
  const models = files.filter(({ type }) => KINDS.includes(type));
  const safe = models.filter(({ name }) => /\.safetensors$/i.test(name));
  const found = safe.find(({ primary }) => primary) ?? safe[0];
  if (found) return found;
  const [pickle] = models;
  throw pickle
    ? new AppError("weights_pickle", { details: { file: pickle.name } })
    : new AppError("model_file_unclear", { details: { source: said } });
}
