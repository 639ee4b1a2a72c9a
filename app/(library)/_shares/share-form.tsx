"use client";

import { Button, NativeSelect, PasswordInput, Stack, Switch, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ShareTerms } from "@/lib/shares/make-share";

/** For how long a link may open; 0 for as long as nobody revokes it. */
const DAYS = [0, 1, 7, 30] as const;

/** Under which terms a link opens. */
export function ShareForm({ onTerms }: { onTerms: (terms: ShareTerms) => Promise<void> }) {
  const t = useTranslations("shares");
  const [password, setPassword] = useState("");
  const [days, setDays] = useState(0);
  const [withOriginals, setWithOriginals] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await onTerms({ password, withOriginals, days: days === 0 ? null : days });
    setBusy(false);
  };
  return (
    <Stack component="form" onSubmit={submit} gap="sm">
      <Text size="sm">{t("text")}</Text>
      <NativeSelect
        label={t("expiry")}
        value={days}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={DAYS.map((value) => ({ value: String(value), label: t("days", { count: value }) }))}
      />
      <PasswordInput
        label={t("password")}
        description={t("passwordHint")}
        value={password}
        maxLength={200}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("show") }}
      />
      <Switch
        label={t("originals")}
        description={t("originalsHint")}
        checked={withOriginals}
        onChange={(event) => setWithOriginals(event.currentTarget.checked)}
      />
      <Button type="submit" loading={isBusy} leftSection={<IconLink size={18} stroke={1.8} aria-hidden />}>
        {t("make")}
      </Button>
    </Stack>
  );
}
