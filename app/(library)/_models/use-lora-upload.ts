"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ModelView } from "@/lib/models/describe-model";
import { readRefusal, readTaken } from "../_uploads/upload-item";

/** How a LoRA's upload stands. `failed` says why, in the reader's words. */
export type LoraUpload =
  | { readonly state: "idle" }
  | { readonly state: "sending"; readonly name: string; readonly part: number }
  | { readonly state: "done"; readonly lora: ModelView; readonly isNew: boolean }
  | { readonly state: "failed"; readonly message: string };

/** Sends a file in parts, as pictures are sent; after a broken line it goes on where it was. */
export function useLoraUpload() {
  const t = useTranslations("models.own");
  const router = useRouter();
  const [upload, setUpload] = useState<LoraUpload>({ state: "idle" });
  const send = async (file: File) => {
    setUpload({ state: "sending", name: file.name, part: 0 });
    const { openUppy } = await import("../_uploads/open-uppy");
    // For this file alone, and let go of with it: ending it would ask the server to forget what it has taken in.
    const uppy = openUppy();
    uppy.on("upload-progress", (_, { bytesUploaded }) =>
      setUpload({ state: "sending", name: file.name, part: (bytesUploaded || 0) / Math.max(1, file.size) }),
    );
    uppy.on("upload-success", (_, { body }) => {
      const taken = readTaken(answerText(body));
      if (taken && "lora" in taken) {
        setUpload({ state: "done", lora: taken.lora, isNew: taken.isNew });
        router.refresh();
      } else setUpload({ state: "failed", message: t("failed") });
    });
    uppy.on("upload-error", (_, __, response) => {
      setUpload({ state: "failed", message: readRefusal(answerText(response?.body)).message || t("failed") });
    });
    uppy.addFile({ name: file.name, type: file.type, data: file, meta: { relativePath: "" } });
  };
  return { upload, send };
}

/** What the transport got back last, as text. */
const answerText = (body: unknown): string =>
  (body as { xhr?: XMLHttpRequest } | undefined)?.xhr?.responseText ?? "";
