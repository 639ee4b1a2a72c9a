"use client";

import { Alert, Button, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { errorMessage } from "@/lib/errors";
import { CredentialFields, type Credentials } from "./credential-fields";
import { useCredentials } from "./use-credentials";

/** Opens an account by e-mail and password. */
export function SignInForm() {
  const t = useTranslations("account");
  const locale = useLocale();
  const router = useRouter();
  const form = useCredentials(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async ({ email, password }: Credentials) => {
    setBusy(true);
    setProblem(null);
    const answer = await signIn("credentials", { email, password, redirect: false }).catch(() => undefined);
    setBusy(false);
    if (answer?.ok) {
      notifications.show({ message: t("signIn.done"), color: "lagoon" });
      router.push("/gallery");
      router.refresh();
      return;
    }
    // next-auth hands on the error's words: a code, and after a colon the seconds to wait.
    const [code = "", seconds = "0"] = answer?.error?.split(":") ?? [];
    setProblem(answer ? errorMessage(code, { seconds }, locale) : t("failed"));
  };
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        <CredentialFields form={form} isNew={false} />
        {problem ? (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        ) : null}
        <Button type="submit" fullWidth loading={isBusy}>
          {t("signIn.submit")}
        </Button>
      </Stack>
    </form>
  );
}
