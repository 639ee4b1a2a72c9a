import { z } from "zod";
import { env } from "../env";

/** Where a job's end may be told. Which addresses a name leads to is looked at when it is told. */
export const webhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((url) => {
    const { protocol, username, password } = new URL(url);
    const isOpen = protocol === "http:" && env().WEBHOOKS_PRIVATE === undefined;
    return !isOpen && username === "" && password === "";
  });
