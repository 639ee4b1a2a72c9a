import { stat } from "node:fs/promises";
import path from "node:path";
import { installFolder, type ModelFile, type ModelKind } from "../inference/model-files";
import { type ModelFacts, type ModelFamily, readModelFacts } from "../inference/read-model-facts";
import { findInCatalogue } from "./catalogue";
import { type ModelRecord, readRecord } from "./model-record";

/** A model that can be drawn with, as screens and commands show it. */
export interface ModelView {
  /** What it is asked for by: a name in its kind's folder, or the id of a LoRA of one's own. */
  readonly id: string;
  readonly kind: ModelKind;
  /** For people. */
  readonly title: string;
  /** What it goes with; null where that leaves no trace, or does not matter. */
  readonly family: ModelFamily | null;
  readonly sizeBytes: number;
  /** What a LoRA answers to. */
  readonly triggerWords: readonly string[];
  /** `shipped` with the project, `installed` for everybody here, or one's `own`. */
  readonly origin: "shipped" | "installed" | "own";
  readonly catalogueId: string | null;
  readonly source: string | null;
  readonly licence: string | null;
}

interface Known {
  readonly facts: ModelFacts;
  readonly record: ModelRecord | null;
}

/** By path and time: what lies there unchanged needs no second look. */
const known = new Map<string, Promise<Known | null>>();
const MOST_KNOWN = 2_000;

/** Null for what only has a model's name: damaged files are told to whoever asks for them by name. */
export async function describeModel(
  kind: ModelKind,
  { name, path: file }: ModelFile,
): Promise<ModelView | null> {
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  const key = `${file}\n${found.mtimeMs}\n${found.size}`;
  const asked = known.get(key) ?? look(file);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, asked);
  const seen = await asked;
  return seen && viewOf(kind, name, file, seen);
}

async function look(file: string): Promise<Known | null> {
  const facts = await readModelFacts(file).catch(() => null);
  return facts && { facts, record: await readRecord(file) };
}

function viewOf(kind: ModelKind, name: string, file: string, { facts, record }: Known): ModelView {
  const catalogueId = record?.catalogueId ?? null;
  const entry = catalogueId === null ? null : findInCatalogue(catalogueId);
  return {
    ...{ id: name, kind, family: facts.family, sizeBytes: facts.sizeBytes, catalogueId },
    title: entry?.name ?? name,
    triggerWords: facts.triggerWords.length > 0 ? facts.triggerWords : (record?.triggerWords ?? []),
    origin: isInstalledHere(kind, file) ? "installed" : "shipped",
    source: record?.source ?? null,
    licence: record?.licence ?? null,
  };
}

/** Whether a model lies where models are installed, and not among those that ship. */
export const isInstalledHere = (kind: ModelKind, file: string): boolean =>
  !path.relative(installFolder(kind), file).startsWith("..");
