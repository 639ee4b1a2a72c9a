import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { arrive, open, type Person } from "./person";
import { choose, finishedCode, MAKING_MS, startMaking, write } from "./studio-hands";

/** A line to the app that can be cut, as a lid that is closed cuts it. */
async function openLine(appUrl: string) {
  const { port } = new URL(appUrl);
  const ends = new Set<Socket>();
  let isCut = false;
  const server = net.createServer((near) => {
    if (isCut) return near.destroy();
    const far = net.connect(Number(port), "localhost");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      one.pipe(other);
      one.on("error", () => {});
      one.on("close", () => {
        ends.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend: () => {
      isCut = false;
    },
  };
}

const jobOf = ({ page }: Person) =>
  page.evaluate(() => sessionStorage.getItem("mosaiq-studio.job.qr-picture"));

test("a laptop that is closed in the middle shows what became of it when it is opened again", async () => {
  const direct = await arrive();
  const line = await openLine(direct.appUrl);
  const person: Person = { ...direct, appUrl: line.url };
  // The page loses its line; that is what this is about.
  person.expectComplaint(/net::ERR_|Failed to fetch/);
  const { page, context } = person;
  await open(person, "/");
  await write(page, "https://example.com/lid");
  await choose(page, /^Everywhere/);
  await startMaking(page);
  await page.getByText(/^(Fitting the code to your picture|Weaving it in) …$/).waitFor();
  const id = (await jobOf(person))!;
  line.cut();
  // The studio goes on meanwhile.
  const state = async () =>
    (await (await context.request.get(`${direct.appUrl}/api/jobs/${id}`)).json()).state;
  await expect.poll(state, { timeout: MAKING_MS, interval: 250 }).toBe("done");
  expect(await page.locator("#verdict-title").count()).toBe(0);
  line.mend();
  expect(await finishedCode(page)).toBe(id);
});

/** Nothing that is asked for is answered before it is released, so that both tabs have asked. */
async function holdRequests({ context }: Person): Promise<() => void> {
  let release = () => {};
  const bothAsked = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route("**/*", async (route) => {
    if (route.request().method() === "POST") await bothAsked;
    await route.continue();
  });
  return release;
}

test("two tabs of a first visit that start at once make two codes, and both are one guest's", async () => {
  const person = await arrive();
  const second: Person = { ...person, page: await person.context.newPage() };
  for (const [tab, text] of [
    [person, "https://example.com/left"],
    [second, "https://example.com/right"],
  ] as const) {
    await open(tab, "/");
    await choose(tab.page, "Classic");
    await write(tab.page, text);
  }
  const release = await holdRequests(person);
  await Promise.all([startMaking(person.page), startMaking(second.page)]);
  release();
  const made = [await finishedCode(person.page), await finishedCode(second.page)];
  expect(new Set(made).size).toBe(2);
  const { pictures } = await (
    await person.context.request.get(`${person.appUrl}/api/pictures?shelf=codes`)
  ).json();
  expect(pictures.map((each: { id: string }) => each.id).sort()).toEqual([...made].sort());
});

test("two tabs of a first visit that upload at once have both pictures: they are one guest's", async () => {
  const person = await arrive();
  const second: Person = { ...person, page: await person.context.newPage() };
  for (const tab of [person, second]) await open(tab, "/create/portrait");
  const release = await holdRequests(person);
  for (const [{ page }, sample] of [
    [person, "dawn"],
    [second, "meadow"],
  ] as const)
    await page.locator("input[type=file]").first().setInputFiles(`public/samples/${sample}.webp`);
  release();
  for (const { page } of [person, second])
    await page.getByRole("button", { name: "Choose the part myself" }).waitFor({ timeout: MAKING_MS });
  const { pictures } = await (
    await person.context.request.get(`${person.appUrl}/api/pictures?shelf=pictures`)
  ).json();
  expect(pictures).toHaveLength(2);
});
