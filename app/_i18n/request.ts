import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, pickLocale } from "./locale";

/** Language and messages for one request; addresses carry no language prefix. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = pickLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  const messages = locale === "zh" ? await import("@/messages/zh.json") : await import("@/messages/en.json");
  return { locale, messages: messages.default, timeZone: "UTC" };
});
