"use client";

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { surfaces, theme } from "./theme";

/** Everything that needs React context in the browser: theme, dialogs, notifications. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={surfaces} defaultColorScheme="auto">
      {/* Above dialogs, and above the viewer that dialogs open from. */}
      <Notifications position="top-center" limit={3} zIndex={10_100} />
      <ModalsProvider>{children}</ModalsProvider>
    </MantineProvider>
  );
}
