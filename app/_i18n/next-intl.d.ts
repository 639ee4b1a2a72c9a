import type messages from "@/messages/en.json";
import type { Locale as AppLocale } from "./locale";

/** English is the reference: a key that it lacks is a type error wherever it is used. */
declare module "next-intl" {
  interface AppConfig {
    Locale: AppLocale;
    Messages: typeof messages;
  }
}
