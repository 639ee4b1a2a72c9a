import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { removeData, startApp } from "../support/app-server";

test("the app starts from nothing, says that it is well, and stops in order", async () => {
  const app = await startApp();
  const response = await fetch(`${app.url}/api/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true, database: "ok", jobs: "ok", storage: "ok" });
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(statSync(path.join(app.dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(existsSync(path.join(app.dataDir, "postgres.lock"))).toBe(true);
  expect(await app.stop("SIGTERM"), app.output()).toBe(0);
  expect(existsSync(path.join(app.dataDir, "postgres.lock"))).toBe(false);
  await removeData(app);
});

test("a killed app starts again on the same data; a second one on it is refused with the reason", async () => {
  const killed = await startApp();
  await killed.stop("SIGKILL");
  const app = await startApp({ dataDir: killed.dataDir });
  await expect(startApp({ dataDir: app.dataDir })).rejects.toThrow(
    `Another process (number ${app.pid}) has the database`,
  );
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
  await app.stop();
  await removeData(app);
});
