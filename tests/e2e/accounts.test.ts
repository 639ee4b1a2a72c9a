import { expect, test } from "vitest";
import { arrive, open, type Person, signIn, signUp } from "./person";
import { makeClassic, press } from "./studio-hands";

const tiles = ({ page }: Person) => page.getByRole("button", { name: /^Open / });
const loadedThumbnails = (person: Person) =>
  tiles(person)
    .locator("img")
    .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
const codesOf = async ({ context, appUrl }: Person): Promise<string[]> => {
  const { pictures } = await (await context.request.get(`${appUrl}/api/pictures?shelf=codes`)).json();
  return pictures.map(({ id }: { id: string }) => id);
};

test("what a guest made is in the account they make, behind its password, and on every device", async () => {
  const ann = await arrive();
  const code = await makeClassic(ann, "https://example.com/ann");
  const email = await signUp(ann);
  await tiles(ann).first().waitFor();
  expect(await codesOf(ann)).toEqual([code]);

  await open(ann, "/account");
  await ann.page.getByText(email).waitFor();
  await press(ann.page, "Sign out");
  await ann.page.waitForURL(`${ann.appUrl}/`);
  await open(ann, "/gallery");
  await ann.page.getByRole("heading", { name: "Your wall is still empty" }).waitFor();
  expect(await codesOf(ann)).toEqual([]);

  await signIn(ann, email);
  await tiles(ann).first().waitFor();

  // A guest at another device brings along what they made there.
  const phone = await arrive({ screen: "phone" });
  const second = await makeClassic(phone, "https://example.com/phone");
  await signIn(phone, email);
  await expect.poll(() => codesOf(phone)).toEqual([second, code]);
  // A thumbnail still asked for when the account is closed to this device would be a 404 in its page.
  await expect.poll(() => loadedThumbnails(phone)).toBe(2);

  await open(ann, "/account");
  await press(ann.page, "Sign out everywhere");
  await ann.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  expect(await codesOf(phone)).toEqual([]);
  await open(phone, "/gallery");
  await phone.page.getByRole("heading", { name: "Your wall is still empty" }).waitFor();
});

test("to another account one's code does not exist: neither page, file, thumbnail, download nor job", async () => {
  const ann = await arrive();
  const id = await makeClassic(ann, "https://example.com/private");
  const job = await ann.page.evaluate(() => sessionStorage.getItem("mosaiq-studio.job.qr-picture"));
  await signUp(ann);
  const ben = await arrive();
  await signUp(ben);
  const stranger = await arrive();
  await open(stranger, "/");

  const readable = [
    `/api/pictures/${id}`,
    `/api/pictures/${id}/file`,
    `/api/pictures/${id}/file?width=320`,
    `/api/pictures/${id}/download`,
    `/api/codes/${id}/export?format=png`,
    `/api/codes/${id}/export?format=svg`,
    `/api/jobs/${job}`,
    `/api/jobs/${job}/events`,
  ];
  const changes: [method: string, path: string, data?: object][] = [
    ["PATCH", `/api/pictures/${id}`, { title: "mine now" }],
    ["DELETE", `/api/pictures/${id}`],
    ["POST", `/api/pictures/${id}`],
    ["POST", `/api/jobs/${job}/cancel`],
    ["POST", `/api/jobs/${job}/retry`],
  ];
  for (const { context, appUrl } of [ben, stranger]) {
    for (const path of readable) expect((await context.request.get(appUrl + path)).status(), path).toBe(404);
    for (const [method, path, data] of changes)
      expect((await context.request.fetch(appUrl + path, { method, data })).status(), path).toBe(404);
  }
  // The same doors open for their owner, so the addresses are right; changes left no trace.
  for (const path of readable)
    expect((await ann.context.request.get(ann.appUrl + path)).status(), path).toBe(200);
  const { picture } = await (await ann.context.request.get(`${ann.appUrl}/api/pictures/${id}`)).json();
  expect(picture).toMatchObject({ trashedAt: null, title: expect.not.stringContaining("mine now") });

  ben.expectComplaint(/status of 404/);
  await open(ben, `/?like=${id}`);
  await ben.page.getByText("This does not exist, or it is not yours.").waitFor();
  expect(await ben.page.getByRole("textbox", { name: "Link or text" }).inputValue()).not.toContain("private");
});

test("a wrong password and a taken e-mail are told, and nothing is opened", async () => {
  const ann = await arrive();
  const email = await signUp(ann);
  const ben = await arrive();
  ben.expectComplaint(/status of 401/);
  await open(ben, "/account");
  await ben.page.getByLabel("E-mail").fill(email);
  await ben.page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await press(ben.page, "Sign in");
  await ben.page.getByRole("alert").filter({ hasText: "The e-mail or the password is wrong." }).waitFor();
  await ben.page.getByRole("tab", { name: "Create account" }).click();
  await ben.page.getByLabel("E-mail").fill(email);
  await ben.page.getByRole("textbox", { name: "Password" }).fill("another password");
  await press(ben.page, "Create account");
  await ben.page
    .getByRole("alert")
    .filter({ hasText: "There is already an account with this e-mail." })
    .waitFor();
  expect(await codesOf(ben)).toEqual([]);
});
