import path from "node:path";
import { z } from "zod";
import { env } from "../../env";
import { AppError } from "../../errors";
import { getJson } from "../network/get-json";
import type { Patience } from "../network/retrying";
import { isInside, safeName } from "../safe-name";
import { chooseFiles } from "./choose-files";
import {
  formatSource,
  type HuggingFaceSource,
  type RemoteFile,
  type RemoteModel,
  type WantedFile,
} from "./model-source";

const revisionAnswer = z.object({
  /** The commit that the branch is at now. */
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  cardData: z.object({ license: z.string() }).partial().nullish().catch(null),
});

const treeAnswer = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number(),
    /** Of files that are kept by their content: its SHA-256. */
    lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number() }).nullish(),
  }),
);
type Listed = z.infer<typeof treeAnswer>[number];

const SAFE = /\.(safetensors|json|txt)$/;

/**
 * What Hugging Face, or its mirror at HF_ENDPOINT, has of a model.
 * @throws AppError model_gone, model_locked, model_file_unclear, model_differs, weights_pickle; those of `getJson`
 * @source https://huggingface.co/docs/hub/api
 */
export async function askHuggingFace(
  source: HuggingFaceSource,
  signal: AbortSignal,
  patience?: Patience,
): Promise<RemoteModel> {
  const { repo, files } = source;
  const api = `${env().HF_ENDPOINT.replace(/\/$/, "")}/api/models/${repo}`;
  const ask = (url: string) => getJson(new URL(url), repo, signal, patience);
  const { body } = await ask(`${api}/revision/${encodeURIComponent(source.revision)}`);
  const { sha, cardData } = parse(revisionAnswer, body, repo);
  const listed = new Map<string, Listed>();
  for (let next: string | null = `${api}/tree/${sha}?recursive=true`; next !== null; ) {
    const page = await ask(next);
    for (const one of parse(treeAnswer, page.body, repo)) if (one.type === "file") listed.set(one.path, one);
    next = nextPage(page.link);
  }
  const choice = files ? chosen(files) : chooseFiles([...listed.keys()]);
  if (!choice) throw unclear(source, listed);
  const wanted = new Map(files?.map((file) => [file.path, file]));
  return {
    layout: choice.layout,
    source: formatSource(source),
    name: safeName(path.posix.basename(choice.layout === "folder" ? repo : choice.paths[0]!, ".safetensors")),
    files: choice.paths.map((at) =>
      remoteFile({ repo, sha, layout: choice.layout }, at, listed.get(at), wanted.get(at)),
    ),
    licence: cardData?.license ?? null,
    triggerWords: [],
  };
}

const chosen = (files: readonly WantedFile[]) => ({
  layout: files.length === 1 ? ("file" as const) : ("folder" as const),
  paths: files.map((file) => file.path),
});

function remoteFile(
  { repo, sha, layout }: { repo: string; sha: string; layout: RemoteModel["layout"] },
  at: string,
  listed: Listed | undefined,
  wanted: WantedFile | undefined,
): RemoteFile {
  const host = new URL(env().HF_ENDPOINT).host;
  if (!listed) throw new AppError("model_gone", { details: { host, file: `${repo}/${at}` } });
  if (!SAFE.test(at) || !isInside(at))
    throw new AppError("weights_pickle", { details: { file: path.posix.basename(at) } });
  const sha256 = listed.lfs?.oid ?? null;
  // What the catalogue knows is binding: a file that was exchanged is not the one that was looked at.
  if (wanted?.sha256 && sha256 && wanted.sha256 !== sha256)
    throw new AppError("model_differs", { details: { file: at } });
  const address = at.split("/").map(encodeURIComponent).join("/");
  return {
    path: layout === "file" ? path.posix.basename(at) : at,
    url: new URL(`${env().HF_ENDPOINT.replace(/\/$/, "")}/${repo}/resolve/${sha}/${address}`),
    sizeBytes: listed.lfs?.size ?? listed.size,
    sha256: sha256 ?? wanted?.sha256 ?? null,
  };
}

function unclear(source: HuggingFaceSource, listed: ReadonlyMap<string, Listed>): AppError {
  const weights = [...listed.keys()].filter((at) => at.endsWith(".safetensors"));
  const [pickle] = [...listed.keys()].filter((at) => /\.(ckpt|pt|pth|bin)$/.test(at));
  if (weights.length === 0 && pickle) return new AppError("weights_pickle", { details: { file: pickle } });
  const files = weights.slice(0, 8).join(", ");
  return new AppError("model_file_unclear", { details: { source: source.repo, ...(files && { files }) } });
}

/** The address behind `rel="next"`. @source RFC 8288 */
const nextPage = (link: string | null): string | null =>
  /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1] ?? null;

function parse<T>(schema: z.ZodType<T>, body: unknown, repo: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { host } = new URL(env().HF_ENDPOINT);
  throw new AppError("model_host_failed", { cause: parsed.error, details: { host, file: repo } });
}
