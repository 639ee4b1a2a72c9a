import { AppError } from "../errors";
import type { Owner } from "./owner";

/**
 * The access check of everything that changes what everybody here draws with, and fills the disk.
 * @throws AppError operator_only, also for guests and first visits
 */
export function requireOperator(owner: Owner | null): Owner {
  if (!owner?.isOperator) throw new AppError("operator_only");
  return owner;
}
