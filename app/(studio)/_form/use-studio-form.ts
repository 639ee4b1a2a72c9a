"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { buildPayload, type PayloadForms, type PayloadKind } from "@/lib/payload/payload";
import { firstForm, type Options, restoreForm, type StudioForm } from "./studio-form";

const STORAGE_KEY = "mosaiq-studio.form";

/** The form with its setters; it is kept in the browser, so that a reload loses nothing. */
export function useStudioForm(firstSample: string | undefined) {
  const [form, setForm] = useState<StudioForm>(() => firstForm(firstSample));
  const [restored, setRestored] = useState(false);

  // After hydration, not before: the server does not know what the browser kept.
  useEffect(() => {
    setForm((base) => restoreForm(readStored(), base));
    setRestored(true);
  }, []);

  useEffect(() => {
    if (restored) store(form);
  }, [form, restored]);

  const setKind = useCallback((kind: PayloadKind) => setForm((now) => ({ ...now, kind })), []);
  const setField = useCallback(
    <K extends PayloadKind>(kind: K, fields: Partial<PayloadForms[K]>) =>
      setForm((now) => ({ ...now, forms: { ...now.forms, [kind]: { ...now.forms[kind], ...fields } } })),
    [],
  );
  const setOptions = useCallback(
    (options: Partial<Options>) => setForm((now) => ({ ...now, options: { ...now.options, ...options } })),
    [],
  );
  const payload = useMemo(() => buildPayload(form.kind, form.forms[form.kind]), [form.kind, form.forms]);

  return { form, payload, restored, setKind, setField, setOptions };
}

export type StudioFormState = ReturnType<typeof useStudioForm>;

function readStored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
  } catch {
    return null; // storage refused, or not ours: start afresh
  }
}

function store(form: StudioForm): void {
  try {
    // A Wi-Fi password stays out of the browser's storage: other people use this browser too.
    const forms = { ...form.forms, wifi: { ...form.forms.wifi, password: "" } };
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...form, forms }));
  } catch {
    // Private mode or a full quota: the page works on without memory.
  }
}
