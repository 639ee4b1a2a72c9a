import { locale } from "../language";
import { en, type Messages } from "./en";
import { zh } from "./zh";

const IN = { en, zh } as const;

/** What commands say, in the language of the run. */
export const messages = (): Messages => IN[locale()];
