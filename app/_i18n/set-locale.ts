"use server";

import { cookies } from "next/headers";
import { isLocale, LOCALE_COOKIE } from "./locale";

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language a person chose; anything that is not a language we speak is ignored. */
export async function setLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  const jar = await cookies();
  jar.set(LOCALE_COOKIE, locale, { maxAge: ONE_YEAR_SECONDS, path: "/", sameSite: "lax" });
}
