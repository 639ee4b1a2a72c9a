"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslations } from "next-intl";
import { PASSWORD_MIN_CHARS } from "@/lib/accounts/credentials";

export interface Credentials {
  email: string;
  password: string;
}

/** E-mail and password, in the way that browsers and password managers know. */
export function CredentialFields({ form, isNew }: { form: UseFormReturnType<Credentials>; isNew: boolean }) {
  const t = useTranslations("account");
  return (
    <>
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete={isNew ? "email" : "username"}
        required
        withAsterisk={false}
        key={form.key("email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        label={t("password")}
        description={isNew ? t("passwordHint", { min: PASSWORD_MIN_CHARS }) : undefined}
        name="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
        key={form.key("password")}
        {...form.getInputProps("password")}
      />
    </>
  );
}
