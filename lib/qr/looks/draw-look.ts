import type { DrawLook, LookName } from "./look";

export const DRAWN = {} as Record<Exclude<LookName, "photo">, DrawLook>;
