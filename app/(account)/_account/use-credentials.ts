"use client";

import { useForm } from "@mantine/form";
import { useTranslations } from "next-intl";
import { PASSWORD_MIN_CHARS, signInInput } from "@/lib/accounts/credentials";
import type { Credentials } from "./credential-fields";

/** The form's state, with the server's own rules told before anything is sent. */
export function useCredentials(isNew: boolean) {
  const t = useTranslations("account");
  return useForm<Credentials>({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (signInInput.shape.email.safeParse(value).success ? null : t("emailInvalid")),
      password: (value) => {
        if (isNew)
          return value.length < PASSWORD_MIN_CHARS ? t("passwordShort", { min: PASSWORD_MIN_CHARS }) : null;
        return value === "" ? t("passwordMissing") : null;
      },
    },
  });
}
