"use client";

import "swagger-ui-dist/swagger-ui.css";
import { Alert, useComputedColorScheme } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import classes from "./api-viewer.module.css";

/** The API's document, to read and to try with a key. The viewer comes from here, like everything else. */
export function ApiViewer() {
  const t = useTranslations("apiDocs");
  const place = useRef<HTMLDivElement>(null);
  const [isLost, setLost] = useState(false);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    // Its own way to be dark.
    document.documentElement.classList.toggle("dark-mode", scheme === "dark");
    return () => document.documentElement.classList.remove("dark-mode");
  }, [scheme]);
  useEffect(() => {
    const domNode = place.current;
    if (!domNode) return;
    import("swagger-ui-dist/swagger-ui-es-bundle.js").then(
      ({ default: show }) =>
        show({
          ...{ url: "/api/v1/openapi.json", domNode, docExpansion: "list" },
          ...{ defaultModelsExpandDepth: -1, validatorUrl: null },
        }),
      () => setLost(true),
    );
  }, []);
  return (
    <>
      {isLost ? (
        <Alert color="red" role="alert">
          {t("lost")}
        </Alert>
      ) : null}
      {/* What it shows is English, like the names it is made of. */}
      <div ref={place} lang="en" className={classes.viewer} />
    </>
  );
}
