/** What the bench of the app measures, as far as there is an aim for it. */
export interface Measured {
  readonly latencies: readonly { readonly request: string; readonly while: string; readonly p99Ms: number }[];
  readonly made: readonly {
    readonly name: string;
    readonly firstMs: number | null;
    readonly allMs: number;
  }[];
  /** `npm start` up to the first page. */
  readonly startMs: number;
}

/** Milliseconds that nothing may take. */
export const AIMS = { p99Ms: 150, firstMs: 10_000, allMs: 30_000, startMs: 10_000 } as const;

/** Which aims were missed, a line each; none where all were kept. */
export function missedAims({ latencies, made, startMs }: Measured): string[] {
  const over = (what: string, ms: number | null, most: number): string[] =>
    ms === null || ms < most ? [] : [`${what}: ${Math.round(ms)} ms, not under ${most}`];
  return [
    ...latencies.flatMap((row) => over(`GET ${row.request} while ${row.while}, p99`, row.p99Ms, AIMS.p99Ms)),
    ...made.flatMap(({ name, firstMs, allMs }) => [
      ...over(`${name}, first picture`, firstMs, AIMS.firstMs),
      ...over(`${name}, all`, allMs, AIMS.allMs),
    ]),
    ...over("npm start", startMs, AIMS.startMs),
  ];
}
