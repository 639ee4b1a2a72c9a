import { z } from "zod";

/** The address as it is kept and compared: trimmed, lower case, one Unicode form. */
const email = z
  .string()
  .transform((value) => value.normalize("NFC").trim().toLowerCase())
  .pipe(z.email().max(254));

/** Shortest password that a person may choose; the forms show it. */
export const PASSWORD_MIN_CHARS = 8;

/** Long phrases are welcome, but not megabytes to hash. */
const newPassword = z.string().min(PASSWORD_MIN_CHARS).max(200);

export const signInInput = z.object({ email, password: z.string().min(1).max(200) });
export type SignInInput = z.infer<typeof signInInput>;

export const signUpInput = z.object({ email, password: newPassword });
export type SignUpInput = z.infer<typeof signUpInput>;

/** `current` is empty for someone who only ever signed in at another provider. */
export const changePasswordInput = z.object({ current: z.string().max(200), next: newPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
