import type { Locale } from "@/app/_i18n/locale";
import { errorMessage } from "@/lib/errors";
import type { PullView } from "@/lib/models/describe-pull";

/** A pull with what went wrong in the reader's language. */
export const tellPull = (pull: PullView, locale: Locale) => ({
  ...pull,
  error: pull.error && {
    code: pull.error.code,
    message: errorMessage(pull.error.code, pull.error.details, locale),
  },
});

/** As pages get it. */
export type ToldPull = ReturnType<typeof tellPull>;
