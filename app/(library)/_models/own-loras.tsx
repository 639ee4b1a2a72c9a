"use client";

import { Button, FileButton, Progress, Text, Title } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { ModelView } from "@/lib/models/describe-model";
import { ModelRows } from "./model-rows";
import classes from "./models.module.css";
import { OwnPreview, PreviewNote, type ToldPreview } from "./own-preview";
import { type LoraUpload, useLoraUpload } from "./use-lora-upload";

interface OwnProps {
  loras: readonly ModelView[];
  /** By their ids. */
  previews: Readonly<Record<string, ToldPreview>>;
  /** Guests are told how they could. */
  isGuest: boolean;
}

const NONE: ToldPreview = { state: "none", message: null };
const LOOK_MS = 2_000;

/** LoRAs that one brings along for oneself, with what each draws. */
export function OwnLoras({ loras, previews, isGuest }: OwnProps) {
  const t = useTranslations("models.own");
  const router = useRouter();
  const previewOf = ({ id }: ModelView) => previews[id] ?? NONE;
  const isDrawing = loras.some((lora) => previewOf(lora).state === "drawing");
  useEffect(() => {
    if (!isDrawing) return;
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isDrawing, router]);
  const { upload, send } = useLoraUpload();
  return (
    <section aria-labelledby="own-title" className={classes.section}>
      <div className={classes.sectionHead}>
        <Title order={2} size="h3" id="own-title">
          {t("title")}
        </Title>
        {isGuest ? null : (
          <FileButton onChange={(file) => file && void send(file)} accept=".safetensors">
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={upload.state === "sending"}
                leftSection={<IconUpload size={18} stroke={1.8} aria-hidden />}
              >
                {t("add")}
              </Button>
            )}
          </FileButton>
        )}
      </div>
      <Text c="dimmed" size="sm" maw={640}>
        {isGuest
          ? t.rich("guest", { link: (text) => <Link href="/account?tab=signUp">{text}</Link> })
          : t("text")}
      </Text>
      <div aria-live="polite">
        <UploadNews upload={upload} />
      </div>
      {loras.length > 0 ? (
        <ModelRows
          models={loras}
          mayRemove={() => true}
          picture={(lora) => <OwnPreview id={lora.id} title={lora.title} preview={previewOf(lora)} />}
          note={(lora) => <PreviewNote id={lora.id} preview={previewOf(lora)} />}
        />
      ) : null}
    </section>
  );
}

function UploadNews({ upload }: { upload: LoraUpload }) {
  const t = useTranslations("models.own");
  if (upload.state === "idle") return null;
  if (upload.state === "sending")
    return (
      <Progress
        value={100 * upload.part}
        size="sm"
        color="lagoon"
        aria-label={t("sending", { name: upload.name })}
      />
    );
  if (upload.state === "failed")
    return (
      <Text size="sm" c="red" role="alert">
        {upload.message}
      </Text>
    );
  return <Text size="sm">{t(upload.isNew ? "added" : "present", { name: upload.lora.title })}</Text>;
}
