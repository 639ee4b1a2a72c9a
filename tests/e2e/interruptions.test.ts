import { expect, onTestFinished, test } from "vitest";
import { removeData, startApp } from "../support/app-server";
import { arrive, open, type Person } from "./person";
import { readCode, saying } from "./read-code";
import { choose, finishedCode, MAKING_MS, press, startMaking, write } from "./studio-hands";

const LINK = "https://example.com/interrupted";

/** Starts the slowest kind of code and waits until a thread works on it. @returns the job's id. */
async function begin(person: Person): Promise<string> {
  const { page } = person;
  await open(person, "/");
  await write(page, LINK);
  await choose(page, /^Everywhere/);
  await startMaking(page);
  await page
    .getByText(/^(Fitting the code to your picture|Weaving it in|Trying it on four readers) …$/)
    .waitFor();
  return (await page.evaluate(() => sessionStorage.getItem("mosaiq-studio.job.qr-picture"))) ?? "";
}

const ask = async ({ context, appUrl }: Person, path: string) =>
  (await context.request.get(appUrl + path)).json();

test("a code that is being made can be called off; nothing of it stays, and the next one works", async () => {
  const person = await arrive();
  const { page } = person;
  const job = await begin(person);
  await press(page, "Cancel");
  await page.getByRole("button", { name: "Make it" }).waitFor();
  expect(await ask(person, `/api/jobs/${job}`)).toMatchObject({ state: "cancelled", pictureId: null });
  expect((await ask(person, "/api/pictures?shelf=codes")).pictures).toEqual([]);
  await choose(page, "Classic");
  await startMaking(page);
  await finishedCode(page);
});

test("a server that is killed in the middle of a code finishes it when it is back, exactly once", async () => {
  const killed = await startApp();
  const person = await arrive({ appUrl: killed.url });
  // The page loses its server; that is what this is about.
  person.expectComplaint(/net::ERR_|Failed to fetch/);
  const job = await begin(person);
  expect(await ask(person, `/api/jobs/${job}`)).toMatchObject({ state: "running" });
  await killed.stop("SIGKILL");

  const app = await startApp({ dataDir: killed.dataDir });
  onTestFinished(async () => {
    await app.stop();
    await removeData(app);
  });
  const back: Person = { ...person, appUrl: app.url };
  const finished = () => ask(back, `/api/jobs/${job}`);
  await expect.poll(finished, { timeout: MAKING_MS, interval: 250 }).toMatchObject({ state: "done" });
  await open(back, "/gallery?shelf=codes");
  expect(await back.page.getByRole("button", { name: /^Open / }).count()).toBe(1);
  const { pictureId } = await finished();
  const file = await back.context.request.get(`${app.url}/api/pictures/${pictureId}/file`);
  expect(await readCode(await file.body())).toEqual(saying(LINK));
});
