"use client";

import { Badge, Button, Group, Text, Title } from "@mantine/core";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import type { ProviderName } from "@/lib/accounts/open-providers";
import classes from "./account.module.css";
import { PROVIDER_ICONS } from "./provider-buttons";

interface ConnectedProps {
  providers: readonly ProviderName[];
  connected: readonly string[];
}

/** Which other sign-ins open this account; one that doesn't yet can be connected. */
export function ConnectedProviders({ providers, connected }: ConnectedProps) {
  const t = useTranslations("account.providers");
  if (providers.length === 0) return null;
  return (
    <section className={classes.card}>
      <Title order={2} size="h4" mb="sm">
        {t("title")}
      </Title>
      {providers.map((name) => {
        const Icon = PROVIDER_ICONS[name];
        return (
          <Group key={name} justify="space-between" py={6}>
            <Group gap="xs">
              <Icon size={20} aria-hidden />
              <Text>{t(`names.${name}`)}</Text>
            </Group>
            {connected.includes(name) ? (
              <Badge color="lagoon" variant="light">
                {t("connected")}
              </Badge>
            ) : (
              <Button variant="default" size="xs" onClick={() => signIn(name, { callbackUrl: "/account" })}>
                {t(`connect.${name}`)}
              </Button>
            )}
          </Group>
        );
      })}
    </section>
  );
}
