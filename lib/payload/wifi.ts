import { z } from "zod";
import { oneLine } from "./plain-text";

export const WIFI_SECURITY = ["WPA", "WEP", "nopass"] as const;

/** What a phone needs to join a network. WPA stands for WPA, WPA2 and WPA3 with a password. */
export const wifiForm = z
  .object({
    ssid: oneLine(32).refine((ssid) => ssid !== "", "required"),
    password: oneLine(63),
    security: z.enum(WIFI_SECURITY),
    hidden: z.boolean(),
  })
  .refine((form) => form.security === "nopass" || form.password !== "", {
    path: ["password"],
    message: "required",
  });
export type WifiForm = z.infer<typeof wifiForm>;

const escapeField = (value: string): string => value.replace(/[\\;,:"]/g, "\\$&");

/**
 * `WIFI:T:WPA;S:name;P:password;H:true;;`, as phone cameras read it; `\ ; , : "` are escaped by a backslash.
 * @source the ZXing project's list of barcode contents, "Wi-Fi network config"
 */
export function buildWifi({ ssid, password, security, hidden }: WifiForm): string {
  const secret = security === "nopass" ? "" : `P:${escapeField(password)};`;
  return `WIFI:T:${security};S:${escapeField(ssid)};${secret}${hidden ? "H:true;" : ""};`;
}
