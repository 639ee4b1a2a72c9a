import type { SharedThing } from "@/lib/db/shares";
import type { ShareView } from "@/lib/shares/describe-share";
import type { ShareTerms } from "@/lib/shares/make-share";
import { ask } from "../_gallery/gallery-api";

export const loadShares = async (thing: SharedThing): Promise<ShareView[]> =>
  (await ask<{ shares: ShareView[] }>(`/api/shares?${new URLSearchParams(thing)}`)).shares;

/** @returns the link with its path, which is told this once. */
export const createShare = (
  thing: SharedThing,
  terms: ShareTerms,
): Promise<{ share: ShareView; path: string }> =>
  ask("/api/shares", { method: "POST", body: JSON.stringify({ ...thing, ...terms }) });

export const revokeShare = (id: string): Promise<unknown> => ask(`/api/shares/${id}`, { method: "DELETE" });
