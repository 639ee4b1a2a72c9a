import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { databaseKind, sql } from "../db/client";
import { AppError } from "../errors";

/** How often per window; generous for a person, tight for a script. */
const LIMITS = {
  /** Attempts per e-mail: guessing a password is hopeless, mistyping one is not punished. */
  sign_in: { points: 20, seconds: 15 * 60 },
  /** Attempts per address, over all e-mails. */
  sign_in_address: { points: 100, seconds: 15 * 60 },
  sign_up: { points: 20, seconds: 60 * 60 },
  /** New guests per address; a school's classes share one. */
  guest: { points: 200, seconds: 60 * 60 },
  upload: { points: 120, seconds: 10 * 60 },
  /** Files of a round that may be a whole year's; each is one. */
  import: { points: 5_000, seconds: 10 * 60 },
  /** As one types and refines. */
  search: { points: 180, seconds: 60 },
  /** New links. */
  share: { points: 60, seconds: 60 * 60 },
  /** Guesses at one link's password, and of one address at all of them. */
  share_password: { points: 20, seconds: 15 * 60 },
  share_password_address: { points: 40, seconds: 15 * 60 },
  /** Zip files, each of up to a thousand originals. */
  zip: { points: 60, seconds: 10 * 60 },
  /** Changes to albums and selections: arranging a long album takes a move a picture. */
  album: { points: 1200, seconds: 10 * 60 },
  /** Changes to one's words: every one has all pictures told anew. */
  words: { points: 300, seconds: 10 * 60 },
  /** LoRAs of one's own, each of up to hundreds of megabytes. */
  lora: { points: 60, seconds: 60 * 60 },
  generation: { points: 120, seconds: 10 * 60 },
  /** New keys to the public API. */
  api_key: { points: 60, seconds: 60 * 60 },
  /** Keys that open nothing, by address: guessing is hopeless, and asking the database for it costs. */
  api_key_wrong: { points: 100, seconds: 15 * 60 },
  /** News sent to try whether they arrive. */
  webhook_test: { points: 30, seconds: 10 * 60 },
  /** A key's requests, whatever they ask. */
  api: { points: 600, seconds: 60 },
} as const;

export type RateLimit = keyof typeof LIMITS;

// Pages, actions and routes are bundled apart, so this module exists more than once in a process; the counts
// must not.
const KEY = Symbol.for("mosaiq.rate-limits");
const shared = globalThis as { [KEY]?: Partial<Record<RateLimit, Promise<RateLimiterAbstract>>> };

/**
 * Counts one use.
 * @param key who or what is counted: an owner's id, an e-mail, an address.
 * @throws AppError rate_limited with the seconds to wait.
 */
export async function limitRate(kind: RateLimit, key: string): Promise<void> {
  shared[KEY] ??= {};
  shared[KEY][kind] ??= openLimiter(kind);
  const limiter = await shared[KEY][kind];
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", { details: { seconds: Math.ceil(refusal.msBeforeNext / 1000) } });
  }
}

/** Forgets every count of this process; for tests. */
export function forgetRates(): void {
  delete shared[KEY];
}

/** Counts live in this process's memory, or in the shared database where several nodes serve. */
async function openLimiter(kind: RateLimit): Promise<RateLimiterAbstract> {
  const { points, seconds } = LIMITS[kind];
  const memory = new RateLimiterMemory({ keyPrefix: kind, points, duration: seconds });
  if (databaseKind() === "embedded") return memory;
  return new Promise((resolve) => {
    const limiter = new RateLimiterPostgres(
      {
        storeClient: {
          query: (query: { text: string; values?: unknown[] }) => sql(query.text, query.values),
        },
        storeType: "client",
        tableName: "rate_limits",
        keyPrefix: kind,
        points,
        duration: seconds,
        // While the database is away this node counts alone rather than refuse.
        insuranceLimiter: memory,
      },
      (error) => {
        // Without its table the limiter would count alone for ever: the next use tries again.
        if (error) delete shared[KEY]?.[kind];
        resolve(limiter);
      },
    );
  });
}
