import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageSwitch } from "./language-switch";
import { NavLinks } from "./nav-links";
import { SchemeSwitch } from "./scheme-switch";
import classes from "./shell.module.css";
import { Wordmark } from "./wordmark";

/** The frame around every page: skip link, header, navigation (a bottom bar on phones), main, footer. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("nav");
  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip}>
        {t("skip")}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Wordmark />
          <NavLinks />
          <div className={classes.tools}>
            <LanguageSwitch />
            <SchemeSwitch />
          </div>
        </div>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={classes.footer}>
        {t("footer")}
        <Link href="/account#machine" className={classes.aside}>
          {t("machine")}
        </Link>
      </footer>
    </div>
  );
}
