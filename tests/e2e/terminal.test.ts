import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { removeData, startApp } from "../support/app-server";
import { IN_KYOTO, photo } from "../support/exif";
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

test("commands search and fill one's gallery through the running app, and in the database where none runs", async () => {
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
  const temple = new FormData();
  temple.set("file", new File([new Uint8Array(await photo(IN_KYOTO))], "k.jpg"));
  await fetch(`${app.url}/api/pictures`, { method: "POST", body: temple, headers: { cookie } });
  const waiting = async () => {
    const answer = await fetch(`${app.url}/api/pictures/search?words=x`, { headers: { cookie } });
    return ((await answer.json()) as { waiting: number }).waiting;
  };
  await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 60_000, interval: 500 });

  expect(await found()).toMatchObject({ status: 0, first: "p" });
  for (const place of ["Kyoto", "日本"])
    expect(await found("--place", place)).toMatchObject({ status: 0, first: "k" });
  expect((await found("--place", "Oslo")).first).toBeUndefined();
  expect(await found("--as", "nobody@example.com")).toMatchObject({ status: 1, code: "person_unknown" });
  const forged = await fetch(`${app.url}/api/terminal`, {
    ...{ method: "POST", body: JSON.stringify({ email: null }) },
    headers: { authorization: "Bearer none" },
  });
  expect(forged.status).toBe(404);

  // A folder with everything that folders have in them.
  const folder = await mkdtemp(path.join(tmpdir(), "mosaiq-import-"));
  await mkdir(path.join(folder, "more"));
  await writeFile(path.join(folder, "1.png"), await drawThing("cat"));
  await writeFile(path.join(folder, "more", "2.png"), await drawThing("snowman"));
  await writeFile(path.join(folder, "again.png"), await drawThing("pizza"));
  await writeFile(path.join(folder, "cut.png"), (await drawThing("banana")).subarray(0, 900));
  await writeFile(path.join(folder, "notes.txt"), "these are notes");
  await writeFile(path.join(folder, ".hidden.png"), "not looked at");
  const imported = async () => {
    const { status, out } = await studio(app.dataDir, "album", "import", folder, "--album", "Winter trip");
    return { status, ...JSON.parse(out) };
  };
  const refused = [{ file: path.join(folder, "cut.png"), code: "picture_unreadable" }];
  const told = { status: 0, album: { title: "Winter trip" }, skipped: 1, refused };
  expect(await imported()).toMatchObject({ ...told, added: 2, present: 1 });
  const albums = async () =>
    ((await (await fetch(`${app.url}/api/albums`, { headers: { cookie } })).json()) as { albums: object[] })
      .albums;
  expect(await albums()).toMatchObject([{ title: "Winter trip", pictureCount: 3 }]);

  await app.stop();
  expect(existsSync(path.join(app.dataDir, "serving.json"))).toBe(false);
  expect(await found()).toMatchObject({ status: 0, first: "p" });
  expect(await found("--place", "kyoto, japan")).toMatchObject({ status: 0, first: "k" });
  expect(await imported()).toMatchObject({ ...told, added: 0, present: 3 });
  const inAlbum = await studio(app.dataDir, "search", "rocket", "--album", "winter trip");
  expect(
    JSON.parse(inAlbum.out)
      .results.map(({ title }: { title: string }) => title)
      .sort(),
  ).toEqual([...["1", "2", "p"]]);
  expect(await found("--album", "Summer")).toMatchObject({ status: 1, code: "album_unknown" });
  // What stands in pictures is read on the way.
  const signs = await mkdtemp(path.join(tmpdir(), "mosaiq-import-"));
  await copyFile("tests/golden/reading/notice.jpg", path.join(signs, "3.jpg"));
  expect(await studio(app.dataDir, "album", "import", signs, "--album", "Signs")).toMatchObject({
    status: 0,
  });
  const read = await studio(app.dataDir, "search", "咖啡馆");
  expect(JSON.parse(read.out).results[0]).toMatchObject({
    ...{ title: "3", matches: true, text: "花园咖啡馆九点开门" },
  });
  await rm(folder, { recursive: true });
  await rm(signs, { recursive: true });
  await removeData(app);
}, 240_000);
