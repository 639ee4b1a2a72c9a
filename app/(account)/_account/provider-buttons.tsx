"use client";

import { Button, Divider, Stack } from "@mantine/core";
import { IconBrandGithub, IconBrandGoogle } from "@tabler/icons-react";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import type { ProviderName } from "@/lib/accounts/open-providers";

export const PROVIDER_ICONS = { github: IconBrandGithub, google: IconBrandGoogle } as const;

/** Other ways in; nothing at all where none is set up. */
export function ProviderButtons({ providers }: { providers: readonly ProviderName[] }) {
  const t = useTranslations("account");
  if (providers.length === 0) return null;
  return (
    <>
      <Divider my="lg" label={t("or")} />
      <Stack gap="sm">
        {providers.map((name) => {
          const Icon = PROVIDER_ICONS[name];
          return (
            <Button
              key={name}
              variant="default"
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => signIn(name, { callbackUrl: "/gallery" })}
            >
              {t(`with.${name}`)}
            </Button>
          );
        })}
      </Stack>
    </>
  );
}
