import { Skeleton, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./models.module.css";

/** How a preview stands, with what went wrong in the reader's words. */
export interface ToldPreview {
  readonly state: "none" | "drawing" | "there" | "failed";
  readonly message: string | null;
}

/** What a LoRA of one's own draws, small; a place for it while it is drawn. */
export function OwnPreview({ id, title, preview }: { id: string; title: string; preview: ToldPreview }) {
  const t = useTranslations("models.own.preview");
  if (preview.state === "drawing") return <Skeleton className={classes.preview ?? ""} aria-hidden />;
  if (preview.state !== "there") return null;
  return (
    <img
      className={classes.preview}
      src={`/api/models/loras/${id}/preview`}
      alt={t("of", { name: title })}
      width={64}
      height={64}
    />
  );
}

/** Why there is no picture, where a person may wonder. */
export function PreviewNote({ preview }: { preview: ToldPreview }) {
  const t = useTranslations("models.own.preview");
  if (preview.state === "there") return null;
  return (
    <Text size="sm" c="dimmed">
      {preview.state === "failed" ? t("failed", { why: preview.message ?? "" }) : t(preview.state)}
    </Text>
  );
}
