import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import { db } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { AppError, errorMessage } from "@/lib/errors";
import { startScenario } from "@/lib/scenarios/start-scenario";
import { codeOf, onBothWithFiles, someAccount, someGuest } from "../support/pictures";

const CLASSIC = { text: "https://example.com", look: "classic", size: 256 };
const begin = (ownerId: string, key: string = randomUUID()) =>
  startScenario(ownerId, "qr-picture", CLASSIC, key);

onBothWithFiles("a day's quota", () => {
  beforeEach(() => {
    process.env.QUOTA_JOBS_ACCOUNT = "3";
    process.env.QUOTA_JOBS_GUEST = "1";
    forgetEnv();
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T21:29:30Z") });
  });
  afterEach(() => {
    vi.useRealTimers();
    delete process.env.QUOTA_JOBS_ACCOUNT;
    delete process.env.QUOTA_JOBS_GUEST;
    forgetEnv();
  });

  test("ends with what the operator set, is told with when it is renewed, and is renewed then", async () => {
    const { id } = await someGuest();
    await begin(id);
    const refusal = await begin(id).catch((error: AppError) => error);
    if (!(refusal instanceof AppError)) throw new Error("it was not refused");
    const details = { limit: 1, hours: 2, minutes: 31, seconds: 9030 };
    expect(refusal).toMatchObject({ code: "quota_used_up", status: 429, details });
    expect(refusal.message).toContain("2 h 31 min");
    expect(errorMessage("quota_used_up", details, "zh")).toContain("2 小时 31 分钟");
    expect(await db().job.count({ where: { ownerId: id } })).toBe(1);
    vi.setSystemTime(new Date("2026-03-02T00:00:00Z"));
    expect(await codeOf(begin(id))).toBe("no error");
    expect(await codeOf(begin(id))).toBe("quota_used_up");
  });

  test("is each one's own, and larger with an account", async () => {
    const [one, two] = [await someAccount(), await someAccount()];
    for (let i = 0; i < 3; i++) await begin(one.id);
    expect(await codeOf(begin(one.id))).toBe("quota_used_up");
    expect(await codeOf(begin(two.id))).toBe("no error");
  });

  test("holds when many come at once", async () => {
    const { id } = await someAccount();
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(begin(id))));
    expect(codes.filter((code) => code === "no error")).toHaveLength(3);
    expect(await db().job.count({ where: { ownerId: id } })).toBe(3);
  });

  test("a job asked for twice counts once, also when nothing is left", async () => {
    const { id } = await someGuest();
    const { id: jobId } = await begin(id, "key");
    expect((await begin(id, "key")).id).toBe(jobId);
  });

  test("what a guest used comes along into their account", async () => {
    const [guest, account] = [await someGuest(), await someAccount()];
    await begin(guest.id);
    await begin(account.id);
    await adoptGuest(guest, account);
    expect(await codeOf(begin(account.id))).toBe("no error");
    expect(await codeOf(begin(account.id))).toBe("quota_used_up");
  });

  test("none may be set: then there is no end, and nothing is counted", async () => {
    delete process.env.QUOTA_JOBS_ACCOUNT;
    delete process.env.QUOTA_JOBS_GUEST;
    forgetEnv();
    const { id } = await someGuest();
    for (let i = 0; i < 5; i++) await begin(id);
    expect(await db().dailyUse.count({ where: { ownerId: id } })).toBe(0);
  });

  test("0 lets nobody begin", async () => {
    process.env.QUOTA_JOBS_GUEST = "0";
    forgetEnv();
    expect(await codeOf(begin((await someGuest()).id))).toBe("quota_used_up");
  });
});
