/** Where a model comes from, as somebody says it or the catalogue has it. */
export type ModelSource = HuggingFaceSource | CivitaiSource | CivitaiPage;

export interface HuggingFaceSource {
  readonly from: "huggingface";
  /** "owner/name" */
  readonly repo: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  /** Null for the repository as a whole. */
  readonly files: readonly WantedFile[] | null;
}

export interface WantedFile {
  /** Within the repository, with "/". */
  readonly path: string;
  readonly sizeBytes?: number | undefined;
  readonly sha256?: string | undefined;
}

export interface CivitaiSource {
  readonly from: "civitai";
  readonly version: number;
}

/** A model's page, with all its versions: the newest one is meant. */
export interface CivitaiPage {
  readonly from: "civitai-page";
  readonly model: number;
}

/** A file as its host announces it. */
export interface RemoteFile {
  /** Where it lies in the installed folder, with "/"; its name alone where the model is one file. */
  readonly path: string;
  readonly url: URL;
  /** Null where the host does not say. */
  readonly sizeBytes: number | null;
  /** Hexadecimal, small letters. */
  readonly sha256: string | null;
}

/** A model as its host announces it. */
export interface RemoteModel {
  readonly layout: "file" | "folder";
  /** Exactly what it is, as `formatSource` writes it: a version, where a page was asked for. */
  readonly source: string;
  /** What it is called there; a file's is without its ending. */
  readonly name: string;
  readonly files: readonly RemoteFile[];
  /** As the host names it; null where it does not. */
  readonly licence: string | null;
  /** Words that call it, as its maker told the host. */
  readonly triggerWords: readonly string[];
}

/** One line that says it again: "hf:owner/name/file.safetensors@main", "civitai:125771", "civitai:30240@latest". */
export function formatSource(source: ModelSource): string {
  if (source.from === "civitai") return `civitai:${source.version}`;
  if (source.from === "civitai-page") return `civitai:${source.model}@latest`;
  const [only, ...more] = source.files ?? [];
  const file = only && more.length === 0 ? `/${only.path}` : "";
  return `hf:${source.repo}${file}${source.revision === "main" ? "" : `@${source.revision}`}`;
}
