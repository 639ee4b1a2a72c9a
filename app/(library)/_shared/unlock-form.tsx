"use client";

import { Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/app/_ui/api/api-client";
import { unlock } from "./shared-api";

/** Asks for the link's password. */
export function UnlockForm({ token }: { token: string }) {
  const t = useTranslations("shared.locked");
  const router = useRouter();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await unlock(token, password);
      router.refresh();
    } catch (error) {
      setProblem(error instanceof ApiError && error.message ? error.message : t("failed"));
      setBusy(false);
    }
  };
  return (
    <Stack component="form" onSubmit={submit} maw={380} mx="auto" py={72} gap="md">
      <IconLock size={40} stroke={1.4} aria-hidden />
      <Title order={1} size="h2">
        {t("title")}
      </Title>
      <Text c="dimmed">{t("text")}</Text>
      <PasswordInput
        label={t("password")}
        value={password}
        error={problem}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ "aria-label": t("show") }}
      />
      <Button type="submit" loading={isBusy} disabled={password === ""}>
        {t("open")}
      </Button>
    </Stack>
  );
}
