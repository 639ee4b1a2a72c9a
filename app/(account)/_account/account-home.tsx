"use client";

import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import type { ApiKeyView } from "@/lib/accounts/describe-api-key";
import type { ProviderName } from "@/lib/accounts/open-providers";
import type { Delivery } from "@/lib/public-api/list-deliveries";
import classes from "./account.module.css";
import { ApiKeys } from "./api-keys";
import { ChangePasswordForm } from "./change-password-form";
import { ConnectedProviders } from "./connected-providers";
import { SignOutEverywhere } from "./sign-out-everywhere";

interface AccountHomeProps {
  email: string;
  hasPassword: boolean;
  providers: readonly ProviderName[];
  connected: readonly string[];
  keys: readonly ApiKeyView[];
  /** Of each key, by its id. */
  deliveries: Readonly<Record<string, readonly Delivery[]>>;
  /** Whether they look after the studio. */
  isOperator: boolean;
  problem: string | null;
}

/** Who one is here, and how one gets in and out. */
export function AccountHome(props: AccountHomeProps) {
  const { email, hasPassword, providers, connected, keys, deliveries, isOperator, problem } = props;
  const t = useTranslations("account");
  const router = useRouter();
  const leave = async () => {
    await signOut({ redirect: false });
    router.push("/");
    router.refresh();
  };
  return (
    <Stack className={classes.narrow ?? ""} gap="md">
      <Title order={1}>{t("me.title")}</Title>
      {problem ? (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      ) : null}
      <section className={classes.card}>
        <Text c="dimmed" size="sm">
          {t("me.signedInAs")}
        </Text>
        <Text fw={650} className={classes.email ?? ""}>
          {email}
        </Text>
        <Group mt="md">
          <Button component={Link} href="/gallery">
            {t("me.gallery")}
          </Button>
          <Button variant="default" onClick={leave}>
            {t("me.signOut")}
          </Button>
        </Group>
      </section>
      <ConnectedProviders {...{ providers, connected }} />
      <ChangePasswordForm email={email} hasPassword={hasPassword} />
      <ApiKeys {...{ keys, deliveries, isOperator }} />
      <SignOutEverywhere />
    </Stack>
  );
}
