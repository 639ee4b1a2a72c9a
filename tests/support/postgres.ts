import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** The test server's address, when there is one; `.ci/run` starts it. */
export const serverUrl = process.env.TEST_DATABASE_URL;

export interface ServerDatabase {
  url: string;
  /** Runs one statement as the server's administrator, outside the database itself. */
  admin(statement: string): Promise<void>;
  /** Refuses connections and breaks the open ones, until `restore`. */
  lose(): Promise<void>;
  restore(): Promise<void>;
  drop(): Promise<void>;
}

/** A fresh, empty database on the test server. */
export async function freshServerDatabase(): Promise<ServerDatabase> {
  const name = `mosaiq_test_${randomBytes(6).toString("hex")}`;
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl!);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    admin,
    lose: async () => {
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    },
    restore: () => admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
    drop: () => admin(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}
