import { env } from "../../env";
import { AppError } from "../../errors";
import { type CatalogueModel, findInCatalogue } from "../catalogue";
import type { ModelSource } from "./model-source";

/** What somebody wants to have. */
export interface WantedModel {
  readonly source: ModelSource;
  /** Null for what the catalogue does not know. */
  readonly entry: CatalogueModel | null;
}

const HUGGING_FACE = /^hf:([\w.-]+\/[\w.-]+)(?:\/([^@]+))?(?:@([\w./-]+))?$/;
const CIVITAI = /^civitai:(?:\d+@)?(\d{1,12})$/;
const CIVITAI_PAGE = /^civitai:(\d{1,12})@latest$/;

/**
 * A name of the catalogue, "hf:owner/repo", "hf:owner/repo/file@revision", "civitai:VERSION", "civitai:MODEL@VERSION",
 * "civitai:MODEL@latest", or the address of a page of either host.
 * @throws AppError model_source_unclear
 */
export function parseSource(text: string): WantedModel {
  const said = text.trim();
  const entry = findInCatalogue(said);
  if (entry) return { source: sourceOf(entry), entry };
  const source = parseShort(/^https?:/.test(said) ? shorten(said) : said);
  if (!source) throw new AppError("model_source_unclear", { details: { source: said.slice(0, 200) } });
  return { source, entry: null };
}

/** Where an entry of the catalogue comes from. */
export const sourceOf = ({ source }: CatalogueModel): ModelSource => source;

function parseShort(text: string): ModelSource | null {
  const [, version] = CIVITAI.exec(text) ?? [];
  if (version) return { from: "civitai", version: Number(version) };
  const [, model] = CIVITAI_PAGE.exec(text) ?? [];
  if (model) return { from: "civitai-page", model: Number(model) };
  const [, repo, path, revision = "main"] = HUGGING_FACE.exec(text) ?? [];
  if (!repo || repo.includes("..") || [path, revision].some((part) => part?.includes(".."))) return null;
  return { from: "huggingface", repo, revision, files: path ? [{ path }] : null };
}

/** What people copy from their browser. */
function shorten(address: string): string {
  if (!URL.canParse(address)) return "";
  const url = new URL(address);
  if (/(^|\.)civitai\.com$/.test(url.hostname) || isOf(env().CIVITAI_ENDPOINT, url))
    return shortenCivitai(url);
  const isHuggingFace = /^(huggingface\.co|hf\.co|hf-mirror\.com)$/.test(url.hostname);
  return isHuggingFace || isOf(env().HF_ENDPOINT, url) ? shortenHuggingFace(url) : "";
}

const isOf = (endpoint: string, { host }: URL): boolean => new URL(endpoint).host === host;

function shortenCivitai({ pathname, searchParams }: URL): string {
  const version =
    searchParams.get("modelVersionId") ?? /^\/api\/download\/models\/(\d+)$/.exec(pathname)?.[1];
  if (version) return `civitai:${version}`;
  const [, model] = /^\/models\/(\d+)(?:\/|$)/.exec(pathname) ?? [];
  return model ? `civitai:${model}@latest` : "";
}

function shortenHuggingFace({ pathname }: URL): string {
  const [owner, name, view, revision, ...path] = pathname.split("/").filter(Boolean).map(decoded);
  if (!owner || !name) return "";
  if (view === undefined) return `hf:${owner}/${name}`;
  if (!["blob", "resolve", "tree"].includes(view) || revision === undefined) return "";
  return `hf:${[owner, name, ...path].join("/")}@${revision}`;
}

/** A "%" that stands for itself is no code of anything, and stays. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
