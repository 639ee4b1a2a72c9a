"use client";

import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangePasswordInput, PASSWORD_MIN_CHARS } from "@/lib/accounts/credentials";
import { changePasswordAction } from "../account/actions";
import classes from "./account.module.css";
import { useSubmit } from "./use-submit";

/** Replaces the password, or sets the first one of someone who came by another site. */
export function ChangePasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const t = useTranslations("account");
  const router = useRouter();
  const { submit, problem, isBusy } = useSubmit(changePasswordAction, t("failed"));
  const form = useForm<ChangePasswordInput>({
    mode: "uncontrolled",
    initialValues: { current: "", next: "" },
    validate: {
      current: (value) => (hasPassword && value === "" ? t("passwordMissing") : null),
      next: (value) =>
        value.length < PASSWORD_MIN_CHARS ? t("passwordShort", { min: PASSWORD_MIN_CHARS }) : null,
    },
  });
  const onSubmit = async (input: ChangePasswordInput) => {
    if (!(await submit(input))) return;
    form.reset();
    notifications.show({ message: t("changePassword.done"), color: "lagoon" });
    router.refresh();
  };
  const eye = { "aria-label": t("showPassword"), tabIndex: 0 };
  return (
    <form className={classes.card} onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Title order={2} size="h4">
        {t(hasPassword ? "changePassword.title" : "changePassword.titleFirst")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t("changePassword.hint")}
      </Text>
      <Stack>
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {hasPassword ? (
          <PasswordInput
            label={t("changePassword.current")}
            autoComplete="current-password"
            visibilityToggleButtonProps={eye}
            key={form.key("current")}
            {...form.getInputProps("current")}
          />
        ) : null}
        <PasswordInput
          label={t("changePassword.next")}
          description={t("passwordHint", { min: PASSWORD_MIN_CHARS })}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          key={form.key("next")}
          {...form.getInputProps("next")}
        />
        {problem ? (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        ) : null}
        <Button type="submit" variant="default" loading={isBusy} style={{ alignSelf: "flex-start" }}>
          {t("changePassword.submit")}
        </Button>
      </Stack>
    </form>
  );
}
