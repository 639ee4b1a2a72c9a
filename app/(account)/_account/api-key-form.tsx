"use client";

import { Alert, Button, Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import {
  API_SCOPES,
  type ApiKeyInput,
  type ApiScope,
  KEY_LIFETIMES,
  MAX_KEY_NAME_CHARS,
} from "@/lib/accounts/api-key.input";
import type { NewApiKey } from "@/lib/accounts/make-api-key";
import { makeApiKeyAction } from "../account/actions";

/** What programs mostly do; changing the gallery is asked for. */
const USUAL: readonly ApiScope[] = ["make", "read"];

interface FormProps {
  /** Whether their keys may be allowed to install models. */
  isOperator: boolean;
  onMade: (key: NewApiKey) => void;
  onCancel: () => void;
}

/** A key's name, what it is allowed, and for how long. */
export function ApiKeyForm({ isOperator, onMade, onCancel }: FormProps) {
  const t = useTranslations("account.keys");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState(USUAL);
  const [days, setDays] = useState<ApiKeyInput["days"]>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return setProblem(t("nameMissing"));
    if (scopes.length === 0) return setProblem(t("scopesMissing"));
    setBusy(true);
    const answer = await makeApiKeyAction({ name, scopes: [...scopes], days }).catch(() => null);
    setBusy(false);
    if (answer?.ok) onMade(answer.value);
    else setProblem(answer?.message ?? t("failed"));
  };
  return (
    <Stack component="form" onSubmit={submit} gap="sm">
      <TextInput
        label={t("name")}
        placeholder={t("namePlaceholder")}
        value={name}
        maxLength={MAX_KEY_NAME_CHARS}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label={t("scopes")}
        value={[...scopes]}
        onChange={(chosen) => setScopes(API_SCOPES.filter((scope) => chosen.includes(scope)))}
      >
        <Stack gap={8} mt={6}>
          {API_SCOPES.filter((scope) => scope !== "models" || isOperator).map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`may.${scope}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label={t("lifetime")}
        value={days ?? 0}
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value);
          setDays(KEY_LIFETIMES.find((each) => each === chosen) ?? null);
        }}
        data={[0, ...KEY_LIFETIMES].map((count) => ({ value: String(count), label: t("days", { count }) }))}
      />
      {problem ? (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      ) : null}
      <Group gap="xs">
        <Button type="submit" loading={isBusy}>
          {t("make")}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
