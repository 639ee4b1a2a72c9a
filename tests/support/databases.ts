import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, test } from "vitest";
import { closeDatabase, db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { forgetEnv } from "@/lib/env";
import { stopQueue } from "@/lib/jobs/queue";
import { freshDataDir } from "./pglite";
import { freshServerDatabase, type ServerDatabase, serverUrl } from "./postgres";

export interface DatabaseFixture {
  kind: "embedded" | "server";
  dataDir: string;
  /** Null for the embedded database. */
  server: ServerDatabase | null;
  /** A new guest; returns their id. */
  person(): Promise<string>;
}

/**
 * Declares the same tests twice: on the embedded database and on a PostgreSQL server. Where there is no server,
 * a skipped test says so. The database is migrated unless `isEmpty`; `only` leaves out the other kind.
 */
export function onBothDatabases(
  name: string,
  declare: (fixture: DatabaseFixture) => void,
  options: { isEmpty?: boolean; only?: DatabaseFixture["kind"] } = {},
): void {
  for (const kind of ["embedded", "server"] as const) {
    if (options.only && kind !== options.only) continue;
    if (kind === "server" && !serverUrl) {
      test.skip(`${name}: skipped, no PostgreSQL server (TEST_DATABASE_URL is not set)`, () => {});
      continue;
    }
    describe(`${name} (${kind} database)`, () => {
      const fixture: DatabaseFixture = {
        kind,
        dataDir: "",
        server: null,
        person: async () => (await db().user.create({ data: {} })).id,
      };
      beforeAll(async () => {
        fixture.dataDir = await freshDataDir();
        process.env.DATA_DIR = fixture.dataDir;
        if (kind === "server") {
          fixture.server = await freshServerDatabase();
          process.env.DATABASE_URL = fixture.server.url;
        }
        forgetEnv();
        if (!options.isEmpty) await migrate();
      });
      afterAll(async () => {
        await stopQueue();
        await closeDatabase();
        delete process.env.DATABASE_URL;
        delete process.env.DATA_DIR;
        forgetEnv();
        await fixture.server?.drop();
        await rm(fixture.dataDir, { recursive: true, force: true });
      });
      declare(fixture);
    });
  }
}
