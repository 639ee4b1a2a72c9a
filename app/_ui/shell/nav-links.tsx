"use client";

import { IconBrush, IconFolders, IconLayoutGrid, IconSparkles, IconUserCircle } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import classes from "./shell.module.css";

const PLACES = [
  { href: "/", key: "studio", Icon: IconSparkles },
  { href: "/create", key: "create", Icon: IconBrush },
  { href: "/gallery", key: "gallery", Icon: IconLayoutGrid },
  { href: "/albums", key: "albums", Icon: IconFolders },
  { href: "/account", key: "account", Icon: IconUserCircle },
] as const;

/** The places of the app; on a phone the same list becomes the bar at the bottom. */
export function NavLinks() {
  const t = useTranslations("nav");
  const path = usePathname();
  return (
    <nav className={classes.nav} aria-label={t("label")}>
      {PLACES.map(({ href, key, Icon }) => {
        const here = href === "/" ? path === "/" : path.startsWith(href);
        return (
          <Link key={href} href={href} className={classes.link} aria-current={here ? "page" : undefined}>
            <Icon size={20} stroke={1.8} aria-hidden />
            <span>{t(key)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
