"use client";

import { Anchor, Button, Text, Title } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { IconKey } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiKeyView } from "@/lib/accounts/describe-api-key";
import type { NewApiKey } from "@/lib/accounts/make-api-key";
import type { Delivery } from "@/lib/public-api/list-deliveries";
import { revokeApiKeyAction } from "../account/actions";
import classes from "./account.module.css";
import { ApiKeyForm } from "./api-key-form";
import { ApiKeyList } from "./api-key-list";
import { NewApiKeyCard } from "./new-api-key-card";

interface KeysProps {
  keys: readonly ApiKeyView[];
  /** Of each key, by its id. */
  deliveries: Readonly<Record<string, readonly Delivery[]>>;
  isOperator: boolean;
}

/** What programs of the account's come in by. */
export function ApiKeys({ keys, deliveries, isOperator }: KeysProps) {
  const t = useTranslations("account.keys");
  const router = useRouter();
  const [shown, setShown] = useState<"list" | "form" | NewApiKey>("list");
  const made = (key: NewApiKey) => {
    setShown(key);
    router.refresh();
  };
  const revoke = async (id: string) => {
    const answer = await revokeApiKeyAction(id).catch(() => null);
    if (answer?.ok) notifications.show({ message: t("revoked"), color: "lagoon" });
    else notifications.show({ message: answer?.message ?? t("failed"), color: "red" });
    router.refresh();
  };
  const confirmRevoke = ({ id, name }: ApiKeyView) =>
    modals.openConfirmModal({
      title: t("confirmTitle", { name }),
      children: <Text size="sm">{t("confirmText")}</Text>,
      labels: { confirm: t("revoke"), cancel: t("keep") },
      confirmProps: { color: "red" },
      onConfirm: () => revoke(id),
    });
  return (
    <section className={classes.card} id="keys" aria-labelledby="keys-title">
      <Title order={2} size="h4" id="keys-title">
        {t("title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t("text")} <DocsLink />
      </Text>
      {shown === "list" ? (
        <Button
          variant="default"
          leftSection={<IconKey size={18} stroke={1.8} aria-hidden />}
          onClick={() => setShown("form")}
        >
          {t("new")}
        </Button>
      ) : shown === "form" ? (
        <ApiKeyForm isOperator={isOperator} onMade={made} onCancel={() => setShown("list")} />
      ) : (
        <NewApiKeyCard made={shown} onDone={() => setShown("list")} />
      )}
      {keys.length > 0 ? <ApiKeyList {...{ keys, deliveries }} onRevoke={confirmRevoke} /> : null}
    </section>
  );
}

/** Told to those who have no account yet. */
export function ApiKeysLater() {
  const t = useTranslations("account.keys");
  return (
    <Text c="dimmed" size="sm" ta="center" mt="md">
      {t("accountFirst")} <DocsLink />
    </Text>
  );
}

function DocsLink() {
  const t = useTranslations("account.keys");
  return (
    <Anchor component={Link} href="/api-docs" inherit underline="always">
      {t("docs")}
    </Anchor>
  );
}
