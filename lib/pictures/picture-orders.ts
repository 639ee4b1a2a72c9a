import type { PictureOrder } from "../db/pictures";

export type { PictureOrder };
export const ORDERS = ["added", "taken"] as const satisfies readonly PictureOrder[];
