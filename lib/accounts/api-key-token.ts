import { createHash, hkdfSync, randomBytes } from "node:crypto";

/** 32 random bytes behind a mark that people, and tools that look for lost secrets, know it by. */
const TOKEN = /^msq_[A-Za-z0-9_-]{43}$/;

export const newApiKeyToken = (): string => `msq_${randomBytes(32).toString("base64url")}`;

/** As the database keeps it, so that who reads the database can open nothing; null for what can't be a key. */
export const hashApiKeyToken = (token: string): string | null =>
  TOKEN.test(token) ? createHash("sha256").update(token).digest("hex") : null;

/** 32 bytes that only a request with the token can bring along: what is sealed with them, the database alone does not open. */
export const apiKeySecret = (token: string): Buffer =>
  Buffer.from(hkdfSync("sha256", token, "", "mosaiq-studio api key", 32));
