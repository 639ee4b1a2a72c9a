"use client";

import { useCallback, useEffect, useState } from "react";
import type { z } from "zod";

/**
 * A form's values, kept in the browser, so that a reload loses nothing. What was kept is trusted field by field.
 * @param fields a schema for each field. @param first what a first visit shows.
 */
export function useKeptForm<T extends object>(
  name: string,
  fields: { readonly [K in keyof T]: z.ZodType<T[K]> },
  first: T,
) {
  const key = `mosaiq-studio.${name}`;
  const [values, setValues] = useState(first);
  const [isRestored, setRestored] = useState(false);

  // After hydration, not before: the server does not know what the browser kept.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what the page began with
  useEffect(() => {
    setValues((base) => ({ ...base, ...restored(readKept(key), fields) }));
    setRestored(true);
  }, [key]);

  useEffect(() => {
    if (isRestored) keep(key, values);
  }, [key, values, isRestored]);

  const change = useCallback((some: Partial<T>) => setValues((before) => ({ ...before, ...some })), []);
  return { values, change, isRestored };
}

function keep(key: string, values: object): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Storage that is refused or full: the page works on without memory.
  }
}

function readKept(key: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** The fields of something stored that are what they should be. */
export function restored<T extends object>(
  stored: unknown,
  fields: { readonly [K in keyof T]: z.ZodType<T[K]> },
): Partial<T> {
  if (typeof stored !== "object" || stored === null) return {};
  const kept: Partial<T> = {};
  for (const name of Object.keys(fields) as (keyof T & string)[]) {
    const parsed = fields[name].safeParse((stored as Record<string, unknown>)[name]);
    if (parsed.success && name in stored) kept[name] = parsed.data;
  }
  return kept;
}
