import { z } from "zod";

/**
 * What a key may be allowed: have things made, read what is there, change it; and, for those who look after the studio,
 * install and remove models for everybody.
 */
export const API_SCOPES = ["make", "read", "write", "models"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Days until a key runs out, as people choose them. */
export const KEY_LIFETIMES = [30, 90, 365] as const;
export const MAX_KEY_NAME_CHARS = 60;

export const apiKeyInput = z.object({
  name: z.string().trim().min(1).max(MAX_KEY_NAME_CHARS),
  scopes: z
    .array(z.enum(API_SCOPES))
    .min(1)
    .transform((scopes) => API_SCOPES.filter((scope) => scopes.includes(scope))),
  /** Null: until it is revoked. */
  days: z.union(KEY_LIFETIMES.map((days) => z.literal(days))).nullable(),
});
export type ApiKeyInput = z.infer<typeof apiKeyInput>;
