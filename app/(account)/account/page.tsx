import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listApiKeys } from "@/lib/accounts/list-api-keys";
import { listConnectedProviders } from "@/lib/accounts/list-connected-providers";
import { openProviders } from "@/lib/accounts/open-providers";
import { errorMessage, isErrorCode } from "@/lib/errors";
import { listPictures } from "@/lib/pictures/list-pictures";
import { listDeliveries } from "@/lib/public-api/list-deliveries";
import { AccountHome } from "../_account/account-home";
import { MachinePanel } from "../_account/machine-panel";
import { QuotaPanel } from "../_account/quota-panel";
import { Welcome } from "../_account/welcome";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

interface AccountPageProps {
  searchParams: Promise<{ tab?: string; error?: string }>;
}

/** Signing in and up, or, for those who are in, everything about their account; what is left of the day, and what the studio runs on. */
export default async function AccountPage({ searchParams }: AccountPageProps) {
  return (
    <>
      {await accountPart(await searchParams)}
      <QuotaPanel />
      <MachinePanel />
    </>
  );
}

async function accountPart({ tab, error }: Awaited<AccountPageProps["searchParams"]>): Promise<ReactNode> {
  const owner = await currentOwner();
  // Another site's sign-in came back with a refusal.
  const problem = error ? errorMessage(isErrorCode(error) ? error : "internal", {}, await getLocale()) : null;
  const providers = openProviders();
  if (owner?.kind === "account")
    return (
      <AccountHome
        email={owner.email ?? ""}
        hasPassword={owner.hasPassword}
        providers={providers}
        connected={await listConnectedProviders(owner)}
        keys={await listApiKeys(owner.id)}
        deliveries={await listDeliveries(owner.id)}
        isOperator={owner.isOperator}
        problem={problem}
      />
    );
  const hasThings = owner ? (await listPictures(owner.id, { count: 1 })).pictures.length > 0 : false;
  return <Welcome tab={tab === "signUp" ? "signUp" : "signIn"} {...{ hasThings, providers, problem }} />;
}
