import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { expect, inject, onTestFinished, vi } from "vitest";
import { openBrowser } from "../support/chromium";

// Whole visits, with codes made on the way, on machines that may be busy with something else.
vi.setConfig({ testTimeout: 400_000 });

/** Somebody at a browser of their own, whom the app has never seen. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Address of the app, without a slash at the end. */
  readonly appUrl: string;
  /** A complaint that belongs to what the test does, such as the browser's note of a refused upload. */
  expectComplaint(pattern: RegExp): void;
}

export interface PersonOptions {
  appUrl?: string;
  locale?: "en-US" | "zh-CN";
  screen?: "desktop" | "phone";
}

const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;

/** Opens a browser until the end of the test, which fails on every error in the page that it did not expect. */
export async function arrive({ appUrl, locale = "en-US", screen = "desktop" }: PersonOptions = {}) {
  const context = await openBrowser({ locale, colorScheme: "light", ...SCREENS[screen] });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors in the page").toEqual([]);
  });
  const person: Person = {
    page,
    context,
    appUrl: appUrl ?? inject("appUrl"),
    expectComplaint: (pattern) => expected.push(pattern),
  };
  return person;
}

/** Goes to a page of the app and waits until its scripts have taken over. */
export async function open({ page, appUrl }: Person, path: string): Promise<void> {
  await page.goto(`${appUrl}${path}`, { waitUntil: "networkidle" });
}

export const PASSWORD = "four quiet tiles";

/** Makes an account for the person through the form; whatever they made as a guest comes along. */
export async function signUp(person: Person, email = `${randomUUID()}@example.com`): Promise<string> {
  await open(person, "/account?tab=signUp");
  await person.page.getByLabel(/^(E-mail|邮箱)$/).fill(email);
  await person.page.getByRole("textbox", { name: /^(Password|密码)/ }).fill(PASSWORD);
  await person.page.getByRole("button", { name: /^(Create account|创建账号)$/ }).click();
  await person.page.waitForURL(/\/gallery$/);
  return email;
}

/** Signs in through the form. */
export async function signIn(person: Person, email: string): Promise<void> {
  await open(person, "/account");
  await person.page.getByLabel("E-mail").fill(email);
  await person.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await person.page.getByRole("button", { name: "Sign in" }).click();
  await person.page.waitForURL(/\/gallery$/);
}
