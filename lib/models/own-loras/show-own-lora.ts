import { findOwnLora } from "../../db/own-loras";
import { AppError } from "../../errors";
import type { ModelView } from "../describe-model";
import { describeOwnLora } from "./describe-own-lora";

/** @throws AppError not_found, also for another's */
export async function showOwnLora(ownerId: string, id: string): Promise<ModelView> {
  const row = await findOwnLora(ownerId, id);
  if (!row) throw new AppError("not_found");
  return describeOwnLora(row);
}
