import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as jobs from "@/app/api/v1/jobs/route";
import * as quota from "@/app/api/v1/quota/route";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import { clearDailyUses } from "@/lib/accounts/clear-daily-uses";
import { showQuota } from "@/lib/accounts/show-quota";
import { db } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { AppError, errorMessage } from "@/lib/errors";
import { startScenario } from "@/lib/scenarios/start-scenario";
import { ask, posted, someKey } from "../support/api-keys";
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

  test("what is left is told, to guests, accounts and first visits", async () => {
    const [guest, account] = [await someGuest(), await someAccount()];
    await begin(guest.id);
    await begin(account.id);
    const renewsAt = "2026-03-02T00:00:00.000Z";
    expect(await showQuota(guest)).toEqual({ limit: 1, left: 0, renewsAt });
    expect(await showQuota(account)).toEqual({ limit: 3, left: 2, renewsAt });
    expect(await showQuota(null)).toEqual({ limit: 1, left: 1, renewsAt });
    vi.setSystemTime(new Date("2026-03-02T00:00:00Z"));
    expect(await showQuota(account)).toMatchObject({ left: 3 });
    delete process.env.QUOTA_JOBS_ACCOUNT;
    forgetEnv();
    expect(await showQuota(account)).toBeNull();
  });

  test("programs are told in headers, with what they begin and what is refused them, and when they ask", async () => {
    const { token } = await someKey(await someAccount());
    const body = posted({ scenario: "qr-picture", input: CLASSIC });
    const left = async () => {
      const answer = await ask(jobs.POST, token, "/jobs", body);
      return [answer.status, answer.headers.get("ratelimit")];
    };
    expect(await left()).toEqual([202, '"jobs-a-day";r=2;t=9030']);
    expect((await (await ask(quota.GET, token, "/quota")).json()).quota).toMatchObject({ limit: 3, left: 2 });
    await left();
    expect(await left()).toEqual([202, '"jobs-a-day";r=0;t=9030']);
    const refused = await ask(jobs.POST, token, "/jobs", body);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "9030"]);
    expect(refused.headers.get("ratelimit")).toBe('"jobs-a-day";r=0;t=9030');
    expect(refused.headers.get("ratelimit-policy")).toBe('"jobs-a-day";q=3;w=86400');
    const other = await ask(jobs.GET, token, "/jobs");
    expect(other.headers.get("ratelimit")).toBeNull();
    delete process.env.QUOTA_JOBS_ACCOUNT;
    forgetEnv();
    expect(await left()).toEqual([202, null]);
    expect(await (await ask(quota.GET, token, "/quota")).json()).toEqual({ quota: null });
  });

  test("days that are over are forgotten, the day that is not stays", async () => {
    const { id } = await someAccount();
    await begin(id);
    vi.setSystemTime(new Date("2026-03-02T00:00:00Z"));
    await begin(id);
    const days = async () => (await db().dailyUse.findMany({ where: { ownerId: id } })).map(({ day }) => day);
    expect(await days()).toHaveLength(2);
    expect(await clearDailyUses()).toBeGreaterThan(0);
    expect(await days()).toEqual([new Date("2026-03-02T00:00:00Z")]);
    expect(await clearDailyUses()).toBe(0);
  });
});
