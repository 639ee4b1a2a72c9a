"use client";

import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronRight } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { ApiKeyView } from "@/lib/accounts/describe-api-key";
import type { Delivery } from "@/lib/public-api/list-deliveries";
import { turnWebhooksAction } from "../account/actions";
import classes from "./account.module.css";
import { DeliveryList } from "./delivery-list";
import { WebhookTestForm } from "./webhook-test-form";

/** How the ends of a key's jobs were told, behind a line that opens. */
export function KeyWebhooks({ apiKey, deliveries }: { apiKey: ApiKeyView; deliveries: readonly Delivery[] }) {
  const t = useTranslations("account.webhooks");
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  const { id, name, webhooksOff } = apiKey;
  return (
    <>
      <UnstyledButton
        className={classes.disclosure ?? ""}
        aria-expanded={isOpen}
        aria-controls={panel}
        aria-label={t("of", { name })}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={16} stroke={2} aria-hidden />
        {t(webhooksOff ? "titleOff" : "title")}
      </UnstyledButton>
      <div id={panel} hidden={!isOpen} className={classes.webhooks}>
        {isOpen ? (
          <>
            {deliveries.length > 0 ? (
              <DeliveryList deliveries={deliveries} />
            ) : (
              <Text size="sm" c="dimmed">
                {t("none")}
              </Text>
            )}
            <WebhookTestForm keyId={id} lastUrl={deliveries[0]?.url ?? ""} />
            <Turn apiKey={apiKey} />
          </>
        ) : null}
      </div>
    </>
  );
}

function Turn({ apiKey: { id, webhooksOff } }: { apiKey: ApiKeyView }) {
  const t = useTranslations("account.webhooks");
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const turn = async () => {
    setBusy(true);
    const answer = await turnWebhooksAction({ keyId: id, turn: webhooksOff ? "on" : "off" }).catch(
      () => null,
    );
    setBusy(false);
    if (!answer?.ok) notifications.show({ message: answer?.message ?? t("failed"), color: "red" });
    router.refresh();
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={isBusy} onClick={turn}>
        {t(webhooksOff ? "turnOn" : "turnOff")}
      </Button>
      <Text size="xs" c="dimmed">
        {t(webhooksOff ? "offHint" : "onHint")}
      </Text>
    </Group>
  );
}
