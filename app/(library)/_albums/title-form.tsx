"use client";

import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { MAX_TITLE_CHARS } from "@/lib/pictures/picture-title";

interface FormProps {
  label: string;
  /** The button's words. */
  action: string;
  title?: string;
  onTitle: (title: string) => Promise<unknown>;
}

/** One title and a button; what goes wrong is for `onTitle` to say. */
export function TitleForm({ label, action, title = "", onTitle }: FormProps) {
  const [typed, setTyped] = useState(title);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await onTitle(typed.trim()).finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" wrap="nowrap" gap="xs">
        <TextInput
          flex={1}
          data-autofocus
          label={label}
          value={typed}
          maxLength={MAX_TITLE_CHARS}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
        <Button type="submit" loading={isBusy} disabled={typed.trim() === ""}>
          {action}
        </Button>
      </Group>
    </form>
  );
}
