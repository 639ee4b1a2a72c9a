"use client";

import { Alert, Button, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { signUpAction } from "../account/actions";
import { CredentialFields, type Credentials } from "./credential-fields";
import { useCredentials } from "./use-credentials";
import { useSubmit } from "./use-submit";

/** Makes an account; whatever the guest has made is in it. */
export function SignUpForm() {
  const t = useTranslations("account");
  const router = useRouter();
  const form = useCredentials(true);
  const { submit, problem, isBusy } = useSubmit(signUpAction, t("failed"));
  const onSubmit = async (input: Credentials) => {
    if (!(await submit(input))) return;
    notifications.show({ message: t("signUp.done"), color: "lagoon" });
    router.push("/gallery");
    router.refresh();
  };
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack>
        <CredentialFields form={form} isNew />
        {problem ? (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        ) : null}
        <Button type="submit" fullWidth loading={isBusy}>
          {t("signUp.submit")}
        </Button>
      </Stack>
    </form>
  );
}
