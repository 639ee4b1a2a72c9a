import { hasFirstAccount } from "../db/users";
import { env } from "../env";

/** Whether anybody looks after this studio yet; where nobody does, the first account that is made will. */
export const hasOperator = async (): Promise<boolean> =>
  env().ADMIN_EMAILS.length > 0 || (await hasFirstAccount());
