import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { z } from "zod";
import { GridWidthProvider } from "./_gallery/grid-width";
import { GRID_WIDTH_COOKIE } from "./_gallery/grid-width-cookie";

const widthOf = z.coerce.number().int().min(200).max(4000).nullable().catch(null);

/** Everything that shows pictures in rows knows how wide they were on the page before. */
export default async function LibraryLayout({ children }: { children: ReactNode }) {
  const kept = (await cookies()).get(GRID_WIDTH_COOKIE)?.value ?? null;
  return <GridWidthProvider width={widthOf.parse(kept)}>{children}</GridWidthProvider>;
}
