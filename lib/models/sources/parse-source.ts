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

/**
 * A name of the catalogue, "hf:owner/repo", "hf:owner/repo/file@revision", "civitai:VERSION", "civitai:MODEL@VERSION", or the
 * address of a page of either host.
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
  const [, repo, path, revision = "main"] = HUGGING_FACE.exec(text) ?? [];
  if (!repo || repo.includes("..") || [path, revision].some((part) => part?.includes(".."))) return null;
  return { from: "huggingface", repo, revision, files: path ? [{ path }] : null };
}

/** What people copy from their browser. */
function shorten(address: string): string {
  if (!URL.canParse(address)) return "";
  const { hostname, pathname, searchParams } = new URL(address);
  if (/(^|\.)civitai\.com$/.test(hostname)) {
    const version =
      searchParams.get("modelVersionId") ?? /^\/api\/download\/models\/(\d+)$/.exec(pathname)?.[1];
    return version ? `civitai:${version}` : "";
  }
  if (!/^(huggingface\.co|hf\.co|hf-mirror\.com)$/.test(hostname)) return "";
  const [owner, name, view, revision, ...path] = decodeURIComponent(pathname).split("/").filter(Boolean);
  if (!owner || !name) return "";
  if (view === undefined) return `hf:${owner}/${name}`;
  if (!["blob", "resolve", "tree"].includes(view) || revision === undefined) return "";
  return `hf:${[owner, name, ...path].join("/")}@${revision}`;
}
