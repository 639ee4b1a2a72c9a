"use client";

import { Alert, Tabs, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ProviderName } from "@/lib/accounts/open-providers";
import classes from "./account.module.css";
import { ApiKeysLater } from "./api-keys";
import { ProviderButtons } from "./provider-buttons";
import { SignInForm } from "./sign-in-form";
import { SignUpForm } from "./sign-up-form";

type Way = "signIn" | "signUp";

interface WelcomeProps {
  tab: Way;
  /** The guest has pictures that will come along. */
  hasThings: boolean;
  providers: readonly ProviderName[];
  /** A refusal that another site's sign-in came back with. */
  problem: string | null;
}

/** Sign in, or make an account. */
export function Welcome({ tab, hasThings, providers, problem }: WelcomeProps) {
  const t = useTranslations("account");
  const [way, setWay] = useState<Way>(tab);
  return (
    <div className={classes.narrow}>
      <Title order={1} ta="center" mb={6}>
        {t(`${way}.title`)}
      </Title>
      <Text c="dimmed" ta="center" mb="lg" className={classes.lead ?? ""}>
        {t("why")} {hasThings ? t("guest") : null}
      </Text>
      <div className={classes.card}>
        {problem ? (
          <Alert color="red" mb="md" role="alert">
            {problem}
          </Alert>
        ) : null}
        <Tabs
          value={way}
          keepMounted={false}
          onChange={(value) => setWay(value === "signUp" ? "signUp" : "signIn")}
        >
          <Tabs.List grow mb="lg">
            <Tabs.Tab value="signIn">{t("signIn.tab")}</Tabs.Tab>
            <Tabs.Tab value="signUp">{t("signUp.tab")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="signIn">
            <SignInForm />
          </Tabs.Panel>
          <Tabs.Panel value="signUp">
            <SignUpForm />
          </Tabs.Panel>
        </Tabs>
        <ProviderButtons providers={providers} />
      </div>
      <ApiKeysLater />
    </div>
  );
}
