import { z } from "zod";
import { env } from "../../env";
import { AppError } from "../../errors";
import { getJson } from "../network/get-json";
import type { Patience } from "../network/retrying";
import { safeName } from "../safe-name";
import type { CivitaiSource, RemoteModel } from "./model-source";

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

/**
 * What Civitai has of a version of a model: its first file of weights.
 * @throws AppError model_gone, weights_pickle, model_file_unclear; those of `getJson`
 * @source https://developer.civitai.com/site/reference/model-versions
 */
export async function askCivitai(
  { version }: CivitaiSource,
  signal: AbortSignal,
  patience?: Patience,
): Promise<RemoteModel> {
  const said = `civitai:${version}`;
  const endpoint = env().CIVITAI_ENDPOINT.replace(/\/$/, "");
  const { body } = await getJson(
    new URL(`${endpoint}/api/v1/model-versions/${version}`),
    said,
    signal,
    patience,
  );
  const parsed = versionAnswer.safeParse(body);
  if (!parsed.success)
    throw new AppError("model_host_failed", {
      cause: parsed.error,
      details: { host: new URL(endpoint).host },
    });
  const { files, trainedWords } = parsed.data;
  const file = choose(files, said);
  const bytes = Math.round((file.sizeKB ?? 0) * 1024);
  return {
    layout: "file",
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
