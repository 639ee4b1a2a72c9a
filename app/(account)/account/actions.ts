"use server";

import { headers } from "next/headers";
import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { apiKeyInput } from "@/lib/accounts/api-key.input";
import { changePassword } from "@/lib/accounts/change-password";
import { clientAddress } from "@/lib/accounts/client-address";
import { changePasswordInput, signUpInput } from "@/lib/accounts/credentials";
import { currentOwner, requireAccount } from "@/lib/accounts/current-owner";
import { makeApiKey } from "@/lib/accounts/make-api-key";
import { revokeApiKey } from "@/lib/accounts/revoke-api-key";
import { signOutEverywhere } from "@/lib/accounts/sign-out-everywhere";
import { signUp } from "@/lib/accounts/sign-up";
import { startSession } from "@/lib/accounts/start-session";

/** Makes an account of the guest's things, or an empty one, and signs this browser in to it. */
export const signUpAction = validatedAction(signUpInput, async (input) => {
  await startSession(await signUp(input, await currentOwner(), clientAddress(await headers())));
  return null;
});

/** Replaces the password; this browser stays signed in, all others don't. */
export const changePasswordAction = validatedAction(changePasswordInput, async (input) => {
  await startSession(await changePassword(await requireAccount(), input));
  return null;
});

/** Ends every session of the account. */
export const signOutEverywhereAction = validatedAction(z.null(), async () => {
  await signOutEverywhere(await requireAccount());
  return null;
});

/** Makes a key for the account's programs; what it answers is told once. */
export const makeApiKeyAction = validatedAction(apiKeyInput, async (input) =>
  makeApiKey(await requireAccount(), input),
);

/** Ends one of the account's keys. */
export const revokeApiKeyAction = validatedAction(z.string().max(64), async (id) => {
  await revokeApiKey((await requireAccount()).id, id);
  return null;
});
