"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./gallery.module.css";

/** Loads the next page before the end of this one comes into view; also a button, for keys and slow days. */
export function LoadMore({ isLoading, onMore }: { isLoading: boolean; onMore: () => void }) {
  const t = useTranslations("gallery");
  const edge = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const seen = new IntersectionObserver(
      (entries) => entries.some((one) => one.isIntersecting) && onMore(),
      {
        rootMargin: "800px",
      },
    );
    if (edge.current) seen.observe(edge.current);
    return () => seen.disconnect();
  }, [onMore]);
  return (
    <div ref={edge} className={classes.more}>
      <Button
        variant="default"
        loading={isLoading}
        onClick={onMore}
        aria-label={isLoading ? t("loadingMore") : undefined}
      >
        {t("more")}
      </Button>
    </div>
  );
}
