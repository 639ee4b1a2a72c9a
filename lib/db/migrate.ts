import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors";
import { log } from "../log";
import { sqlTransaction } from "./client";

/** The table and the lock number are those of `prisma migrate deploy`, so that both agree on one database. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
const LOCK = "SELECT pg_advisory_xact_lock(72707369)";

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies the migrations in `folder` that the database does not have yet, in order, each wholly or not at all.
 * Several processes may call it at once. Returns the names of those it applied.
 * @throws AppError database_not_ready when one failed earlier or the server lacks an extension that it needs.
 */
export async function migrate(folder = path.resolve("prisma/migrations")): Promise<string[]> {
  const applied: string[] = [];
  for (const migration of await readMigrations(folder)) {
    if (await apply(migration)) applied.push(migration.name);
  }
  if (applied.length > 0) log("db").info({ applied }, "migrations applied");
  return applied;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

const apply = ({ name, sql, checksum }: Migration): Promise<boolean> =>
  sqlTransaction(async (run) => {
    await run(LOCK);
    await run(HISTORY);
    const { rows } = await run(
      "SELECT checksum, finished_at FROM _prisma_migrations WHERE migration_name = $1 AND rolled_back_at IS NULL",
      [name],
    );
    const known = rows[0];
    if (known?.finished_at === null) {
      throw notReady(`migration ${name} failed earlier; repair the database, then mark it rolled back`);
    }
    if (known && known.checksum !== checksum) {
      log("db").warn({ migration: name }, "a migration's file was changed after it was applied");
    }
    if (known) return false;
    await run(sql);
    await run(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    return true;
  }).catch((error) => {
    throw explain(error, name);
  });

const notReady = (reason: string, cause?: unknown) =>
  new AppError("database_not_ready", { cause, details: { reason } });

/** The server's answer to CREATE EXTENSION for a package that is not installed says little about what to do. */
function explain(error: unknown, name: string): unknown {
  const message = error instanceof Error ? error.message : "";
  const missing = /extension "(\w+)" is not available/.exec(message)?.[1];
  if (!missing) return error;
  const known = missing === "vector" ? "pgvector, version 0.8.4 or newer" : missing;
  return notReady(`migration ${name} needs the extension "${missing}" (${known}) on the server`, error);
}
