import { type Logger, pino, stdSerializers } from "pino";
import { env } from "./env";

/** Field names whose values never reach a log, at the top and one level down. */
const SECRET_FIELDS = [
  "password",
  "passwordHash",
  "secret",
  "token",
  "authorization",
  "cookie",
  "nextAuthSecret",
  "connectionString",
  "DATABASE_URL",
  "S3_SECRET_ACCESS_KEY",
];

/** `scheme://user:password@host` in a message or stack keeps its host only. */
export const withoutCredentials = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1***@");

function serializeError(error: Error): unknown {
  const plain = stdSerializers.err(error);
  return JSON.parse(withoutCredentials(JSON.stringify(plain)));
}

let root: Logger | undefined;

/**
 * The logger of one room ("jobs", "storage", …): JSON lines on stdout, level by LOG_LEVEL, secrets removed.
 * Log errors as `log("jobs").error({ err }, "…")`.
 */
export function log(room: string): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[secret]" },
    serializers: { err: serializeError },
  });
  return root.child({ room });
}
