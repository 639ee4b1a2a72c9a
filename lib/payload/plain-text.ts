import { z } from "zod";

/** A half of a surrogate pair has no UTF-8 form, so no reader could ever give it back. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Line breaks and other control characters have no place in a name or a number. */
const CONTROL = /\p{Cc}/u;

/** Free text, line breaks allowed. Issue messages are keys for the screen: `required`, `too_long`, `not_encodable`. */
export const freeText = (maxLength: number) =>
  z
    .string()
    .max(maxLength, "too_long")
    .refine((text) => !LONE_SURROGATE.test(text), "not_encodable");

/** One line of text: `freeText` without control characters. */
export const oneLine = (maxLength: number) =>
  freeText(maxLength).refine((text) => !CONTROL.test(text), "one_line");

/** A link or any text; the payload is exactly what was typed. */
export const textForm = z.object({ text: freeText(8000).refine((text) => text !== "", "required") });
export type TextForm = z.infer<typeof textForm>;

export const buildText = (form: TextForm): string => form.text;
