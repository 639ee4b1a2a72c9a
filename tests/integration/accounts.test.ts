import { createHmac } from "node:crypto";
import { decode } from "next-auth/jwt";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { adoptGuest } from "@/lib/accounts/adopt-guest";
import { authOptions } from "@/lib/accounts/auth-options";
import { changePassword } from "@/lib/accounts/change-password";
import { signInInput, signUpInput } from "@/lib/accounts/credentials";
import { currentOwner, requireAccount, requireOwner } from "@/lib/accounts/current-owner";
import { GUEST_COOKIE, openGuest, sealGuest } from "@/lib/accounts/guest-cookie";
import { forgetRates, limitRate } from "@/lib/accounts/limit-rate";
import { openProviders } from "@/lib/accounts/open-providers";
import { resolveAccount, resolveGuest, resolveOwner } from "@/lib/accounts/resolve-owner";
import { sealSession, sessionCookieName } from "@/lib/accounts/session-token";
import { signIn } from "@/lib/accounts/sign-in";
import { signInWithProvider } from "@/lib/accounts/sign-in-with-provider";
import { signOutEverywhere } from "@/lib/accounts/sign-out-everywhere";
import { signUp } from "@/lib/accounts/sign-up";
import { db } from "@/lib/db/client";
import { forgetEnv, secrets } from "@/lib/env";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures } from "@/lib/pictures/list-pictures";
import { storage } from "@/lib/storage/open-storage";
import { replayManifest } from "@/lib/storage/replay-manifest";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest, someJob } from "../support/pictures";

const browser = vi.hoisted(() => ({
  cookies: new Map<string, string>(),
  options: {} as Record<string, unknown>,
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (browser.cookies.has(name) ? { value: browser.cookies.get(name) } : undefined),
    set: (name: string, value: string, options: Record<string, unknown>) => {
      browser.cookies.set(name, value);
      browser.options = options;
    },
  }),
}));

onBothWithFiles("accounts", () => {
  beforeEach(() => forgetRates());
  afterEach(() => browser.cookies.clear());

  const PASSWORD = "correct horse";
  let people = 0;
  const freshEmail = () => `someone-${++people}@example.com`;
  const register = (guest = null as Awaited<ReturnType<typeof someGuest>> | null, email = freshEmail()) =>
    signUp({ email, password: PASSWORD }, guest, `address of ${email}`);
  const carrying = (cookies: Record<string, string>) => (name: string) => cookies[name];
  const session = async (owner: { id: string; sessionEpoch: number }) =>
    carrying({
      [sessionCookieName()]: await sealSession({ userId: owner.id, sessionEpoch: owner.sessionEpoch }),
    });

  describe("passwords", () => {
    test("are kept as argon2id with OWASP's parameters", async () => {
      const owner = await register();
      const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: owner.id } });
      expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    test("open the account, in whatever case the e-mail is typed", async () => {
      const owner = await register(null, "ann@example.com");
      const typed = signInInput.parse({ email: "  Ann@Example.COM ", password: PASSWORD });
      expect((await signIn(typed, "1.2.3.4")).id).toBe(owner.id);
    });

    test("that are wrong and e-mails that are unknown get the same answer", async () => {
      const { email } = await register();
      const wrong = codeOf(signIn({ email: email!, password: "wrong password" }, "1.2.3.4"));
      const unknown = codeOf(signIn({ email: freshEmail(), password: PASSWORD }, "1.2.3.4"));
      expect(await Promise.all([wrong, unknown])).toEqual(["credentials_wrong", "credentials_wrong"]);
    });

    test("an account without a password is opened by none", async () => {
      const { email } = await someAccount();
      expect(await codeOf(signIn({ email: email!, password: "" }, "1.2.3.4"))).toBe("credentials_wrong");
    });

    test("too short, too long, and no e-mail at all are refused by the form's schema", () => {
      const ok = (email: string, password: string) => signUpInput.safeParse({ email, password }).success;
      expect(ok("a@example.com", "1234567")).toBe(false);
      expect(ok("a@example.com", "x".repeat(201))).toBe(false);
      expect(ok("nobody", PASSWORD)).toBe(false);
      expect(ok("a@example.com", "12345678")).toBe(true);
    });

    test("changing one needs the current one and ends the other sessions", async () => {
      const owner = await register();
      const before = await session(owner);
      expect(await codeOf(changePassword(owner, { current: "wrong", next: "new password" }))).toBe(
        "credentials_wrong",
      );
      const after = await changePassword(owner, { current: PASSWORD, next: "new password" });
      expect(await resolveOwner(before)).toBeNull();
      expect((await resolveOwner(await session(after)))?.id).toBe(owner.id);
      expect(await codeOf(signIn({ email: owner.email!, password: PASSWORD }, "a"))).toBe(
        "credentials_wrong",
      );
      expect((await signIn({ email: owner.email!, password: "new password" }, "a")).id).toBe(owner.id);
    });

    test("a guest has none to change", async () => {
      const change = changePassword(await someGuest(), { current: "", next: "new password" });
      expect(await codeOf(change)).toBe("not_signed_in");
    });
  });

  describe("signing up", () => {
    test("turns the guest's own row into the account, with everything in it", async () => {
      const guest = await someGuest();
      const { picture } = await addPicture(guest.id, await pictureFile());
      const account = await register(guest);
      expect(account).toMatchObject({ id: guest.id, kind: "account", hasPassword: true });
      expect((await listPictures(account.id)).pictures[0]?.id).toBe(picture.id);
    });

    test("the guest's cookie does not open the account", async () => {
      const guest = await someGuest();
      const cookie = carrying({ [GUEST_COOKIE]: sealGuest(guest) });
      expect((await resolveOwner(cookie))?.id).toBe(guest.id);
      const account = await register(guest);
      expect(await resolveOwner(cookie)).toBeNull();
      const risen = carrying({ [GUEST_COOKIE]: sealGuest(account) });
      expect(await resolveOwner(risen)).toBeNull();
    });

    test("an e-mail belongs to one account, also when asked for twice at once", async () => {
      const email = freshEmail();
      const attempts = await Promise.allSettled([register(null, email), register(await someGuest(), email)]);
      expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await codeOf(register(null, email))).toBe("email_taken");
    });
  });

  describe("guests", () => {
    test("are made when something is kept, not by looking", async () => {
      const before = await db().user.count();
      expect(await currentOwner()).toBeNull();
      expect(await db().user.count()).toBe(before);
      const guest = await requireOwner();
      expect(guest.kind).toBe("guest");
      expect((await requireOwner()).id).toBe(guest.id);
      expect((await currentOwner())?.id).toBe(guest.id);
      expect(await db().user.count()).toBe(before + 1);
    });

    test("are kept by a cookie that scripts and other sites' forms can't use", async () => {
      await requireOwner();
      expect(browser.options).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/" });
    });

    test("have no account", async () => {
      await requireOwner();
      expect(await codeOf(requireAccount())).toBe("not_signed_in");
    });

    test.each([
      ["another's id", (seal: string, other: string) => seal.replace(/^[^.]+/, other)],
      ["another epoch", (seal: string) => seal.replace(/\.0\./, ".1.")],
      ["no signature", (seal: string) => seal.split(".").slice(0, 2).join(".")],
      ["an empty signature", (seal: string) => `${seal.split(".").slice(0, 2).join(".")}.`],
      ["more parts", (seal: string) => `${seal}.x`],
      [
        "a signature for another purpose",
        (seal: string) => {
          const claim = seal.split(".").slice(0, 2).join(".");
          const key = secrets().nextAuthSecret;
          return `${claim}.${createHmac("sha256", key).update(claim).digest("base64url")}`;
        },
      ],
    ])("a cookie with %s is nobody's", async (_, forge) => {
      const [guest, other] = [await someGuest(), await someGuest()];
      expect(openGuest(sealGuest(guest))).toEqual({ id: guest.id, sessionEpoch: 0 });
      expect(openGuest(forge(sealGuest(guest), other.id))).toBeNull();
    });
  });

  describe("signing in to an account as a guest", () => {
    test("moves pictures and jobs, and the guest is no more", async () => {
      const [guest, account] = [await someGuest(), await someAccount()];
      const { picture } = await addPicture(guest.id, await pictureFile());
      const job = await someJob(guest);
      await adoptGuest(guest, account);
      expect((await listPictures(account.id)).pictures.map(({ id }) => id)).toEqual([picture.id]);
      expect(await db().job.findUnique({ where: { id: job.id } })).toMatchObject({ ownerId: account.id });
      expect(await db().user.findUnique({ where: { id: guest.id } })).toBeNull();
      expect((await replayManifest(storage().readManifest())).pictures.get(picture.id)?.ownerId).toBe(
        account.id,
      );
    });

    test("keeps both of two jobs with one key", async () => {
      const [guest, account] = [await someGuest(), await someAccount()];
      await someJob(guest, "same");
      await someJob(account, "same");
      await adoptGuest(guest, account);
      expect(await db().job.count({ where: { ownerId: account.id } })).toBe(2);
    });

    test("never moves an account's things", async () => {
      const [one, two] = [await someAccount(), await someAccount()];
      await addPicture(one.id, await pictureFile());
      await adoptGuest(one, two);
      await adoptGuest({ ...one, kind: "guest" }, two);
      expect((await listPictures(one.id)).pictures).toHaveLength(1);
    });

    test("moves nothing when the move can't be recorded", async () => {
      const [guest, account] = [await someGuest(), await someAccount()];
      await addPicture(guest.id, await pictureFile());
      vi.spyOn(storage(), "appendManifest").mockRejectedValueOnce(new Error("disk"));
      await expect(adoptGuest(guest, account)).rejects.toThrow("disk");
      vi.restoreAllMocks();
      expect((await listPictures(guest.id)).pictures).toHaveLength(1);
    });
  });

  describe("sessions", () => {
    test("signing out everywhere ends every session and guest cookie at once", async () => {
      const [account, guest] = [await register(), await someGuest()];
      const [phone, laptop] = [await session(account), await session(account)];
      const tablet = carrying({ [GUEST_COOKIE]: sealGuest(guest) });
      expect((await resolveOwner(phone))?.id).toBe(account.id);
      await signOutEverywhere(account);
      await signOutEverywhere(guest);
      expect([await resolveOwner(phone), await resolveOwner(laptop), await resolveOwner(tablet)]).toEqual([
        ...[null, null, null],
      ]);
    });

    test("a token sealed with another secret is no session", async () => {
      const account = await register();
      const readCookie = await session(account);
      vi.stubEnv("NEXTAUTH_SECRET", "another secret, as long as secrets ought to be");
      forgetEnv();
      expect(await resolveAccount(readCookie)).toBeNull();
      vi.unstubAllEnvs();
      forgetEnv();
      expect((await resolveAccount(readCookie))?.id).toBe(account.id);
    });

    test("a session for a guest's row counts for nothing", async () => {
      expect(await resolveAccount(await session(await someGuest()))).toBeNull();
    });

    test("over https the cookies insist on it", async () => {
      vi.stubEnv("NEXTAUTH_URL", "https://codes.example.com");
      forgetEnv();
      await requireOwner();
      expect(browser.options).toMatchObject({ secure: true });
      expect(sessionCookieName()).toBe("__Secure-next-auth.session-token");
      vi.unstubAllEnvs();
      forgetEnv();
    });
  });

  describe("next-auth's settings", () => {
    const options = (cookies: Record<string, string> = {}) =>
      authOptions({ readCookie: carrying(cookies), address: "1.2.3.4" });
    const authorize = (given: Record<string, string>, cookies?: Record<string, string>) => {
      const settings = options(cookies);
      const { authorize: run } = settings.providers[0]!.options as {
        authorize: (given: Record<string, string>) => Promise<{ id: string } | null>;
      };
      return { settings, run: run(given) };
    };

    test("a password sign-in adopts the guest and seals id and epoch alone", async () => {
      const account = await register();
      const guest = await someGuest();
      const { picture } = await addPicture(guest.id, await pictureFile());
      const cookies = { [GUEST_COOKIE]: sealGuest(guest) };
      const { settings, run } = authorize({ email: account.email!, password: PASSWORD }, cookies);
      const user = await run;
      expect(await settings.callbacks!.signIn!({ user, account: { type: "credentials" } } as never)).toBe(
        true,
      );
      const token = await settings.callbacks!.jwt!({ token: { name: "x", email: "y" }, user } as never);
      expect(token).toEqual({ sub: account.id, epoch: account.sessionEpoch });
      expect((await listPictures(account.id)).pictures.map(({ id }) => id)).toEqual([picture.id]);
    });

    test("what the form gets back is a code", async () => {
      await expect(authorize({ email: "nobody", password: "x" }).run).rejects.toThrow(/^credentials_wrong$/);
      const { email } = await register();
      for (let i = 0; i < 20; i++) await codeOf(limitRate("sign_in", email!));
      await expect(authorize({ email: email!, password: PASSWORD }).run).rejects.toThrow(
        /^rate_limited:\d+$/,
      );
    });

    test("sessions are next-auth's own format", async () => {
      const value = (await session({ id: "u", sessionEpoch: 7 }))(sessionCookieName());
      const claims = await decode({ token: value!, secret: secrets().nextAuthSecret });
      expect(claims).toMatchObject({ sub: "u", epoch: 7 });
    });

    test("a provider's button appears when both of its variables are set", () => {
      expect(openProviders()).toEqual([]);
      vi.stubEnv("GITHUB_ID", "id");
      forgetEnv();
      expect(openProviders()).toEqual([]);
      vi.stubEnv("GITHUB_SECRET", "secret");
      forgetEnv();
      expect(openProviders()).toEqual(["github"]);
      expect(options().providers.map(({ id }) => id)).toEqual(["credentials", "github"]);
      vi.unstubAllEnvs();
      forgetEnv();
    });
  });

  describe("signing in at another provider", () => {
    let numbers = 0;
    const profile = (email: string | null = freshEmail()) => ({
      ...{ provider: "github", providerAccountId: String(++numbers), email, name: "Ann" },
    });

    test("makes an account from the guest's row, and opens the same one ever after", async () => {
      const guest = await someGuest();
      const github = profile();
      const account = await signInWithProvider(github, guest);
      expect(account).toMatchObject({ id: guest.id, kind: "account", name: "Ann", hasPassword: false });
      expect((await signInWithProvider(github, null)).id).toBe(guest.id);
    });

    test("never opens an account by its e-mail alone", async () => {
      const { email } = await register();
      expect(await codeOf(signInWithProvider(profile(email), null))).toBe("email_taken");
    });

    test("while signed in connects the provider to the account", async () => {
      const account = await register();
      const github = profile();
      expect((await signInWithProvider(github, account)).id).toBe(account.id);
      expect((await signInWithProvider(github, null)).id).toBe(account.id);
    });

    test("without an e-mail there is no account", async () => {
      expect(await codeOf(signInWithProvider(profile(null), null))).toBe("provider_without_email");
    });

    test("and someone who has no password sets a first one", async () => {
      const account = await signInWithProvider(profile(), null);
      await changePassword(account, { current: "", next: "first password" });
      expect((await signIn({ email: account.email!, password: "first password" }, "a")).id).toBe(account.id);
    });

    test("through next-auth: the guest's things are adopted, a refusal leads back to the page with its code", async () => {
      const guest = await someGuest();
      const readCookie = carrying({ [GUEST_COOKIE]: sealGuest(guest) });
      const { callbacks } = authOptions({ readCookie, address: "a" });
      const known = await signInWithProvider(profile("known@example.com"), null);
      const login = { type: "oauth", provider: "github", providerAccountId: String(numbers) };
      const user = { id: "at-github", email: "known@example.com" };
      expect(await callbacks!.signIn!({ user, account: login } as never)).toBe(true);
      expect(await callbacks!.jwt!({ token: {}, user } as never)).toMatchObject({ sub: known.id });
      expect(await db().user.findUnique({ where: { id: guest.id } })).toBeNull();
      const stranger = { ...login, providerAccountId: "another" };
      expect(await callbacks!.signIn!({ user, account: stranger } as never)).toBe(
        "/account?error=email_taken",
      );
    });
  });

  test("a limit says how long to wait, and one key's does not touch another's", async () => {
    for (let i = 0; i < 20; i++) await limitRate("sign_up", "1.1.1.1");
    const refusal = await limitRate("sign_up", "1.1.1.1").catch((error) => error);
    expect(refusal.code).toBe("rate_limited");
    expect(refusal.details.seconds).toBeGreaterThan(0);
    await limitRate("sign_up", "2.2.2.2");
  });

  test("a guest and an account in one browser: the account counts, the guest can still be adopted", async () => {
    const [guest, account] = [await someGuest(), await register()];
    const sessionCookie = await sealSession({ userId: account.id, sessionEpoch: account.sessionEpoch });
    const both = carrying({ [GUEST_COOKIE]: sealGuest(guest), [sessionCookieName()]: sessionCookie });
    expect((await resolveOwner(both))?.id).toBe(account.id);
    expect((await resolveGuest(both))?.id).toBe(guest.id);
  });
});
