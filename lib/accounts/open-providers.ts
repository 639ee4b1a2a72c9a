import { env } from "../env";

export type ProviderName = "github" | "google";

/** The providers whose id and secret are set: their buttons appear. */
export function openProviders(): ProviderName[] {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET } = env();
  const open: ProviderName[] = [];
  if (GITHUB_ID && GITHUB_SECRET) open.push("github");
  if (GOOGLE_ID && GOOGLE_SECRET) open.push("google");
  return open;
}
