import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import { env, secrets } from "../env";
import { toAppError } from "../errors";
import { log } from "../log";
import { adoptGuest } from "./adopt-guest";
import { signInInput } from "./credentials";
import { servedOverHttps } from "./guest-cookie";
import { openProviders } from "./open-providers";
import type { Owner, ReadCookie } from "./owner";
import { resolveAccount, resolveGuest } from "./resolve-owner";
import { SESSION_MAX_AGE_SECONDS } from "./session-token";
import { signIn } from "./sign-in";
import { signInWithProvider } from "./sign-in-with-provider";

/** What the request says about whoever signs in. */
export interface SignInRequest {
  readCookie: ReadCookie;
  address: string;
}

/**
 * next-auth's settings for one request: the guest and the session that come along decide what a sign-in means.
 * Sessions are JWTs that carry the user's id and epoch and nothing else.
 */
export function authOptions({ readCookie, address }: SignInRequest): NextAuthOptions {
  // Set by whichever way of signing in succeeds, read when the session is made.
  let account: Owner | null = null;
  return {
    secret: secrets().nextAuthSecret,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    useSecureCookies: servedOverHttps(),
    pages: { signIn: "/account", signOut: "/account", error: "/account", newUser: "/account" },
    providers: [credentialsProvider(address), ...otherProviders()],
    logger: {
      error: (code, metadata) => log("accounts").error({ code, err: causeOf(metadata) }, "next-auth failed"),
      warn: (code) => log("accounts").debug({ code }, "next-auth warns"),
      debug: () => {},
    },
    callbacks: {
      async signIn({ user, account: login }) {
        const guest = await resolveGuest(readCookie);
        const live = await resolveAccount(readCookie);
        try {
          account =
            login?.type === "oauth"
              ? await signInWithProvider(
                  {
                    provider: login.provider,
                    providerAccountId: login.providerAccountId,
                    email: user.email ?? null,
                    name: user.name ?? null,
                  },
                  live ?? guest,
                )
              : (user as unknown as Owner);
          await adoptGuest(guest, account);
          return true;
        } catch (error) {
          return `/account?error=${toAppError(error).code}`;
        }
      },
      jwt({ token, user }) {
        if (!user) return token;
        return { sub: account?.id, epoch: account?.sessionEpoch };
      },
      async session({ session }) {
        // Pages learn who is signed in on the server; nothing about a person is needed here.
        return { expires: session.expires };
      },
    },
  };
}

function credentialsProvider(address: string) {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(given) {
      const input = signInInput.safeParse(given);
      // An error's message is what next-auth hands back to the form: the code, and the seconds where it has some.
      if (!input.success) throw new Error("credentials_wrong");
      try {
        return (await signIn(input.data, address)) as never;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.code === "internal") log("accounts").error({ err: thrown }, "sign-in failed");
        const seconds = error.details.seconds;
        throw new Error(seconds === undefined ? error.code : `${error.code}:${seconds}`);
      }
    },
  });
}

function otherProviders() {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET } = env();
  const open = openProviders();
  return [
    ...(open.includes("github")
      ? [GitHubProvider({ clientId: GITHUB_ID!, clientSecret: GITHUB_SECRET! })]
      : []),
    ...(open.includes("google")
      ? [GoogleProvider({ clientId: GOOGLE_ID!, clientSecret: GOOGLE_SECRET! })]
      : []),
  ];
}

function causeOf(metadata: unknown): unknown {
  if (metadata instanceof Error) return metadata;
  return typeof metadata === "object" && metadata !== null && "error" in metadata
    ? metadata.error
    : undefined;
}
