"use client";

import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useSay } from "../_gallery/use-say";
import classes from "./models.module.css";
import { importModel } from "./models-api";

/** Models that no catalogue knows: an address of either host, or a path on the studio's own machine. */
export function AddByAddress({ onRequest }: { onRequest: (source: string) => Promise<boolean> }) {
  const t = useTranslations("models.address");
  const say = useSay();
  const router = useRouter();
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const take = async (said: string): Promise<boolean> => {
    if (!isPath(said)) return onRequest(said);
    try {
      const { title } = await importModel(said);
      say.done(t("imported", { name: title }));
      router.refresh();
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === "") return;
    setBusy(true);
    if (await take(said)) setText("");
    setBusy(false);
  };
  return (
    <form onSubmit={submit} className={classes.address}>
      <TextInput
        label={t("label")}
        description={t("hint")}
        placeholder="hf:owner/repo/model.safetensors"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        className={classes.addressField ?? ""}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" variant="default" loading={isBusy}>
        {t("add")}
      </Button>
    </form>
  );
}

/** Of a Unix or a Windows machine. */
const isPath = (text: string): boolean => /^(\/|[A-Za-z]:[\\/])/.test(text);
