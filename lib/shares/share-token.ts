import { createHash, randomBytes } from "node:crypto";

const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** What a link ends with: 192 bits that nobody guesses. */
export const newShareToken = (): string => randomBytes(24).toString("base64url");

/** As the database keeps it, so that who reads the database can open no link; null for what can't be a token. */
export const hashShareToken = (token: string): string | null =>
  TOKEN.test(token) ? createHash("sha256").update(token).digest("hex") : null;
