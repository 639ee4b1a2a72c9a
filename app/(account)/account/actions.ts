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
import { testWebhook } from "@/lib/public-api/test-webhook";
import { turnWebhooks } from "@/lib/public-api/turn-webhooks";
import { webhookUrl } from "@/lib/public-api/webhook-url";

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

const keyId = z.string().max(64);

/** Sends an address news of nothing, signed by a key, to see whether they arrive. */
export const testWebhookAction = validatedAction(z.object({ keyId, url: webhookUrl }), async (asked) =>
  testWebhook((await requireAccount()).id, asked.keyId, asked.url),
);

/** Has the ends of a key's jobs told, or not. */
export const turnWebhooksAction = validatedAction(
  z.object({ keyId, turn: z.enum(["on", "off"]) }),
  async (asked) => {
    await turnWebhooks((await requireAccount()).id, asked.keyId, asked.turn);
    return null;
  },
);
