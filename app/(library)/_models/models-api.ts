import type { ToldPull } from "@/app/api/models/pulls/_tell-pull";
import type { ModelView } from "@/lib/models/describe-model";
import type { PullAct } from "@/lib/models/steer-pull";
import { ask } from "../_gallery/gallery-api";

const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

export const loadPulls = async (): Promise<ToldPull[]> =>
  (await ask<{ pulls: ToldPull[] }>("/api/models/pulls")).pulls;

/** @param source a name of the catalogue, "hf:…", "civitai:…", or the address of a page there */
export const askForPull = async (source: string): Promise<ToldPull> =>
  (await ask<{ pull: ToldPull }>("/api/models/pulls", post({ source }))).pull;

export const steerPull = async (id: string, act: PullAct): Promise<ToldPull> =>
  (await ask<{ pull: ToldPull }>(`/api/models/pulls/${id}`, post({ act }))).pull;

export const importModel = async (path: string): Promise<ModelView> =>
  (await ask<{ model: ModelView }>("/api/models/import", post({ path }))).model;

/** Removes a model for everybody, or a LoRA of one's own. */
export const removeModel = ({ kind, id, origin }: ModelView): Promise<unknown> =>
  origin === "own"
    ? ask(`/api/models/loras/${id}`, { method: "DELETE" })
    : ask("/api/models/remove", post({ kind, name: id }));

/** Has what a LoRA of one's own draws drawn, where there is nothing yet. */
export const drawPreview = (id: string): Promise<unknown> =>
  ask(`/api/models/loras/${id}/preview`, { method: "POST" });
