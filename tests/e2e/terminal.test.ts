import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { removeData, startApp } from "../support/app-server";
import { drawThing } from "../support/world";

/** Runs the headless command on an app's data; never throws for its exit status. */
function studio(dataDir: string, ...args: string[]): Promise<{ status: number; out: string }> {
  const command = ["--import", "tsx", "scripts/studio/main.ts", ...args, "--json"];
  const env = { ...process.env, DATA_DIR: dataDir, INFERENCE_DEVICE: "cpu" };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, out) =>
      resolve({ status: error ? Number(error.code) : 0, out }),
    );
  });
}

test("a command searches one's gallery through the running app, and in the database where none runs", async () => {
  const app = await startApp({ env: { INFERENCE_DEVICE: "cpu" } });
  const found = async (...args: string[]) => {
    const { status, out } = await studio(app.dataDir, "search", "pizza", ...args);
    const answer = JSON.parse(out) as { results?: { title: string }[]; error?: { code: string } };
    return { status, first: answer.results?.[0]?.title, code: answer.error?.code };
  };
  expect(await found()).toMatchObject({ status: 1, code: "person_nobody" });

  let cookie = "";
  for (const thing of ["rocket", "pizza"] as const) {
    const body = new FormData();
    // Titles that tell nothing.
    body.set("file", new File([new Uint8Array(await drawThing(thing))], `${thing[0]}.png`));
    const sent = await fetch(`${app.url}/api/pictures`, { method: "POST", body, headers: { cookie } });
    expect(sent.status).toBe(201);
    cookie ||= sent.headers.getSetCookie()[0]!.split(";")[0]!;
  }
  const waiting = async () => {
    const answer = await fetch(`${app.url}/api/pictures/search?words=x`, { headers: { cookie } });
    return ((await answer.json()) as { waiting: number }).waiting;
  };
  await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 60_000, interval: 500 });

  expect(await found()).toMatchObject({ status: 0, first: "p" });
  expect(await found("--as", "nobody@example.com")).toMatchObject({ status: 1, code: "person_unknown" });
  const forged = await fetch(`${app.url}/api/terminal`, {
    ...{ method: "POST", body: JSON.stringify({ email: null }) },
    headers: { authorization: "Bearer none" },
  });
  expect(forged.status).toBe(404);

  await app.stop();
  expect(existsSync(path.join(app.dataDir, "serving.json"))).toBe(false);
  expect(await found()).toMatchObject({ status: 0, first: "p" });
  await removeData(app);
}, 240_000);
