import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { env, forgetEnv, secrets } from "@/lib/env";
import { withoutCredentials } from "@/lib/log";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mosaiq-env-"));
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("NEXTAUTH_SECRET", "");
  forgetEnv();
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
  rmSync(folder, { recursive: true });
});

test("everything has a default, and an empty variable counts as none", () => {
  vi.stubEnv("PORT", "");
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("DATA_DIR", "");
  expect(env()).toMatchObject({ PORT: 3000, DATABASE_URL: undefined, DATA_DIR: path.resolve(".data") });
});

test("names every variable that is wrong", () => {
  vi.stubEnv("PORT", "many");
  vi.stubEnv("LOG_LEVEL", "loud");
  expect(() => env()).toThrow(/PORT: .*\n.*LOG_LEVEL: /);
});

test("the secret is made once, for its owner's eyes alone", () => {
  const { nextAuthSecret } = secrets();
  expect(nextAuthSecret.length).toBeGreaterThanOrEqual(43);
  expect(secrets().nextAuthSecret).toBe(nextAuthSecret);
  expect(statSync(path.join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("a given secret wins, and nothing is written", () => {
  vi.stubEnv("NEXTAUTH_SECRET", "given");
  expect(secrets()).toEqual({ nextAuthSecret: "given" });
  expect(() => statSync(path.join(folder, "secrets.json"))).toThrow(/ENOENT/);
});

test("a damaged file of secrets is reported, not replaced", () => {
  const file = path.join(folder, "secrets.json");
  writeFileSync(file, "{");
  expect(() => secrets()).toThrow(/damaged/);
  expect(readFileSync(file, "utf8")).toBe("{");
});

test("an address in a log keeps its host only", () => {
  expect(withoutCredentials("at postgresql://me:secret@db.example/x and https://a.example/b")).toBe(
    "at postgresql://***@db.example/x and https://a.example/b",
  );
});
