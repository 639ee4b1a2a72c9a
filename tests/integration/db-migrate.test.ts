import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { db, sql } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { onBothDatabases } from "../support/databases";

interface Model {
  fields: { name: string; kind: "scalar" | "enum" | "object"; type: string }[];
}
const COLUMN_TYPES: Record<string, string[]> = {
  String: ["text", "uuid"],
  Int: ["integer"],
  Float: ["double precision", "real"],
  Boolean: ["boolean"],
  DateTime: ["timestamp with time zone"],
  Json: ["jsonb"],
};

/** The fields that the schema's text marks as optional, as "Model.field". */
async function optionalFields(): Promise<Set<string>> {
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const optional = new Set<string>();
  for (const [, model, body] of schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)) {
    for (const [, field] of body!.matchAll(/^\s+(\w+)\s+\w+(?:\("\w+"\))?\?/gm))
      optional.add(`${model}.${field}`);
  }
  return optional;
}

/** The fields that hold lists, as "Model.field". */
async function listFields(): Promise<Set<string>> {
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const lists = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].flatMap(([, model, body]) =>
    [...body!.matchAll(/^\s+(\w+)\s+\w+\[\]/gm)].map(([, field]) => `${model}.${field}`),
  );
  return new Set(lists);
}

/** The fields of types that Prisma's client leaves out, by "Model.field". */
async function unsupportedFields(): Promise<Map<string, string>> {
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const found = new Map<string, string>();
  for (const [, model, body] of schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)) {
    for (const [, field, type] of body!.matchAll(/^\s+(\w+)\s+Unsupported\("(\w+)"\)/gm))
      found.set(`${model}.${field}`, type!);
  }
  return found;
}

onBothDatabases(
  "migrations",
  () => {
    test("applies every migration once, recorded as Prisma's own tools would", async () => {
      const applied = await migrate();
      const entries = await readdir("prisma/migrations", { withFileTypes: true });
      expect(applied).toEqual(
        entries
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => name)
          .sort(),
      );
      expect(await migrate()).toEqual([]);
      const { rows } = await sql("SELECT * FROM _prisma_migrations ORDER BY migration_name");
      expect(rows).toHaveLength(applied.length);
      for (const [i, name] of applied.entries()) {
        const file = await readFile(`prisma/migrations/${name}/migration.sql`);
        expect(rows[i]).toMatchObject({
          checksum: createHash("sha256").update(file).digest("hex"),
          migration_name: name,
          applied_steps_count: 1,
          rolled_back_at: null,
        });
        expect(rows[i]!.finished_at).toBeInstanceOf(Date);
      }
    });

    test("the tables are those of the schema: same columns, types and optional fields", async () => {
      const { models } = (db() as unknown as { _runtimeDataModel: { models: Record<string, Model> } })
        ._runtimeDataModel;
      const optional = await optionalFields();
      const unsupported = await unsupportedFields();
      const lists = await listFields();
      const { rows } = await sql(
        `SELECT table_name, column_name, data_type, udt_name, is_nullable FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'`,
      );
      const actual = rows.map((row) => ({
        column: `${row.table_name}.${row.column_name}`,
        // Postgres calls a list of texts _text.
        type:
          row.data_type === "ARRAY"
            ? `${String(row.udt_name).slice(1)}[]`
            : row.data_type === "USER-DEFINED"
              ? row.udt_name
              : row.data_type,
        isOptional: row.is_nullable === "YES",
      }));
      const wanted = Object.entries(models).flatMap(([model, { fields }]) =>
        fields.filter((field) => field.kind !== "object").map((field) => ({ model, ...field })),
      );
      expect(actual.map((column) => column.column).sort()).toEqual(
        [...wanted.map((field) => `${field.model}.${field.name}`), ...unsupported.keys()].sort(),
      );
      for (const [column, type] of unsupported)
        expect(actual.find((entry) => entry.column === column)).toEqual({
          ...{ column, type },
          isOptional: optional.has(column),
        });
      for (const { model, name, kind, type } of wanted) {
        const column = actual.find((entry) => entry.column === `${model}.${name}`)!;
        const types = kind === "enum" ? [type] : COLUMN_TYPES[type]!;
        const isList = lists.has(column.column);
        expect(isList ? types.map((each) => `${each}[]`) : types, column.column).toContain(column.type);
        expect(column.isOptional, column.column).toBe(optional.has(column.column));
      }
    });

    test("a migration that fails leaves nothing behind, and a repaired one is applied", async () => {
      const folder = await copyOfMigrations();
      const added = path.join(folder, "20991231000000_added");
      await mkdir(added);
      await writeFile(path.join(added, "migration.sql"), 'CREATE TABLE "Half" (a INT); SELECT 1/0;');
      await expect(migrate(folder)).rejects.toThrow(/division by zero/);
      const half = "SELECT to_regclass('\"Half\"') AS found";
      expect((await sql(half)).rows[0]!.found).toBeNull();
      await writeFile(path.join(added, "migration.sql"), 'CREATE TABLE "Half" (a INT);');
      expect(await migrate(folder)).toEqual(["20991231000000_added"]);
      expect((await sql(half)).rows[0]!.found).not.toBeNull();
      await rm(folder, { recursive: true });
    });

    test("says which extension the server lacks", async () => {
      const folder = await copyOfMigrations();
      const added = path.join(folder, "20991231000001_extension");
      await mkdir(added);
      await writeFile(path.join(added, "migration.sql"), "CREATE EXTENSION no_such_thing;");
      await expect(migrate(folder)).rejects.toMatchObject({
        code: "database_not_ready",
        message: expect.stringContaining('needs the extension "no_such_thing"'),
      });
      await rm(folder, { recursive: true });
    });

    test("a migration that once failed under Prisma's own tools stops the start", async () => {
      const folder = await copyOfMigrations();
      const name = "20991231000002_interrupted";
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, "migration.sql"), "SELECT 1;");
      await sql("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', $1)", [
        name,
      ]);
      await expect(migrate(folder)).rejects.toMatchObject({ code: "database_not_ready" });
      await rm(folder, { recursive: true });
    });

    test("two processes that migrate at once both succeed", async () => {
      const folder = await copyOfMigrations();
      await mkdir(path.join(folder, "20991231000003_once"));
      await writeFile(path.join(folder, "20991231000003_once/migration.sql"), 'CREATE TABLE "Once" (a INT);');
      const applied = await Promise.all([migrate(folder), migrate(folder)]);
      expect(applied.flat()).toEqual(["20991231000003_once"]);
      await rm(folder, { recursive: true });
    });
  },
  { isEmpty: true },
);

async function copyOfMigrations(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-migrations-"));
  await cp("prisma/migrations", folder, { recursive: true });
  return folder;
}
