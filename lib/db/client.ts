import { mkdirSync } from "node:fs";
import path from "node:path";
import { PGlite, type Transaction as PGliteTransaction } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolClient } from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { env } from "../env";
import { AppError, LOST_SOCKET } from "../errors";
import { log } from "../log";
import { lockFolder } from "./folder-lock";
import { PrismaClient } from "./generated/client";

export type {
  Album,
  ApiKey,
  Job,
  Login,
  ModelPull,
  OwnLora,
  Picture,
  Place,
  Share,
  User,
  VocabularyWord,
  Webhook,
} from "./generated/client";
export { Prisma } from "./generated/client";
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

type Rows = { rows: Record<string, unknown>[] };
/** Runs SQL; several statements at once are allowed when there are no values. */
export type RunSql = (text: string, values?: unknown[]) => Promise<Rows>;

interface Database {
  kind: "embedded" | "server";
  prisma: PrismaClient;
  sql: RunSql;
  sqlTransaction: <T>(work: (run: RunSql) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

// Next bundles routes and instrumentation separately, so this module exists more than once in a process;
// the database must not.
const KEY = Symbol.for("mosaiq.database");
const shared = globalThis as { [KEY]?: Database };

function database(): Database {
  shared[KEY] ??= env().DATABASE_URL ? openServer(env().DATABASE_URL!) : openEmbedded(env().DATA_DIR);
  return shared[KEY];
}

function openEmbedded(dataDir: string): Database {
  const folder = path.join(dataDir, "postgres");
  mkdirSync(dataDir, { recursive: true });
  // PGlite is one process alone on its folder: a second one would corrupt it.
  const unlock = lockFolder(folder);
  const pglite = new PGlite(folder, { extensions: { vector } });
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite) });
  const runOn =
    (client: PGlite | PGliteTransaction): RunSql =>
    async (text, values = []) => {
      if (values.length > 0) return client.query<Record<string, unknown>>(text, values);
      return { rows: (await client.exec(text)).at(-1)?.rows ?? [] };
    };
  return {
    kind: "embedded",
    prisma,
    sql: runOn(pglite),
    sqlTransaction: (work) => pglite.transaction((tx) => work(runOn(tx))),
    close: async () => {
      await prisma.$disconnect();
      await pglite.close();
      unlock();
    },
  };
}

function openServer(connectionString: string): Database {
  const pool = new Pool({ connectionString, max: 10, connectionTimeoutMillis: 5_000 });
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on("error", (err) => log("db").warn({ err }, "a database connection was lost"));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const runOn =
    (client: Pool | PoolClient): RunSql =>
    async (text, values = []) => {
      const result: Rows | Rows[] = await (values.length > 0
        ? client.query(text, values)
        : client.query(text));
      return Array.isArray(result) ? { rows: result.at(-1)?.rows ?? [] } : result;
    };
  return {
    kind: "server",
    prisma,
    sql: runOn(pool),
    sqlTransaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        const result = await work(runOn(client));
        await client.query("COMMIT");
        client.release();
        return result;
      } catch (error) {
        // A connection in an unknown state is closed, which rolls back, instead of going back to the pool.
        client.release(true);
        throw error;
      }
    },
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * The process's one Prisma client; opens the database at first use.
 * @throws AppError database_in_use when another process has the embedded database open.
 */
export const db = (): PrismaClient => database().prisma;

/** Plain SQL on the same database, for migrations and the queue. */
export const sql: RunSql = (text, values) => database().sql(text, values).catch(explain);

/** Plain SQL in one transaction, rolled back when `work` throws. */
export const sqlTransaction: Database["sqlTransaction"] = (work) =>
  database().sqlTransaction(work).catch(explain);

/** Prisma names its own errors; those of the bare driver look like any broken connection's. */
function explain(error: NodeJS.ErrnoException): never {
  if (error.code && LOST_SOCKET.has(error.code)) throw new AppError("database_lost", { cause: error });
  throw error;
}

export const databaseKind = (): Database["kind"] => (env().DATABASE_URL ? "server" : "embedded");

/** Closes the database and gives back its folder; the next `db()` opens it again. */
export async function closeDatabase(): Promise<void> {
  const open = shared[KEY];
  delete shared[KEY];
  await open?.close();
}

/** Resolves when the database answers. */
export const ping = async (): Promise<void> => {
  await sql("SELECT 1");
};
