"use client";

import { Button, Text, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { WebhookTest } from "@/lib/public-api/test-webhook";
import { testWebhookAction } from "../account/actions";
import classes from "./account.module.css";

/** Sends a test to an address, and says what became of it. @param lastUrl where a job's end was told last */
export function WebhookTestForm({ keyId, lastUrl }: { keyId: string; lastUrl: string }) {
  const t = useTranslations("account.webhooks");
  const [url, setUrl] = useState(lastUrl);
  const [isBusy, setBusy] = useState(false);
  const [told, setTold] = useState<WebhookTest | { message: string } | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await testWebhookAction({ keyId, url: url.trim() }).catch(() => null);
    setBusy(false);
    if (answer?.ok) setTold(answer.value);
    else
      setTold({
        message: answer?.code === "input_invalid" ? t("urlWrong") : (answer?.message ?? t("failed")),
      });
  };
  return (
    <form onSubmit={submit} className={classes.testForm}>
      <TextInput
        label={t("test.url")}
        description={t("test.hint")}
        placeholder="https://example.com/hooks/mosaiq"
        type="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" size="compact-sm" variant="light" loading={isBusy} disabled={url.trim() === ""}>
        {t("test.send")}
      </Button>
      <div aria-live="polite">{told ? <Outcome told={told} /> : null}</div>
    </form>
  );
}

function Outcome({ told }: { told: WebhookTest | { message: string } }) {
  const t = useTranslations("account.webhooks");
  if ("message" in told)
    return (
      <Text size="sm" className={classes.fault ?? ""}>
        {told.message}
      </Text>
    );
  const status = told.status ?? 0;
  return told.fault === null ? (
    <Text size="sm">{t("test.heard", { status })}</Text>
  ) : (
    <Text size="sm" className={classes.fault ?? ""}>
      {t(`faults.${told.fault}`, { status })}
    </Text>
  );
}
