import type { ModelPull } from "../db/client";
import type { ErrorCode, ErrorDetails } from "../errors";

/** A pull as screens show it. */
export interface PullView {
  readonly id: string;
  readonly source: string;
  readonly state: ModelPull["state"];
  readonly receivedBytes: number;
  /** Null while the host has not said. */
  readonly totalBytes: number | null;
  /** Of one that failed. */
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
}

export const describePull = (row: ModelPull): PullView => ({
  ...{ id: row.id, source: row.source, state: row.state },
  ...{ receivedBytes: row.receivedBytes, totalBytes: row.totalBytes },
  error:
    row.errorCode === null
      ? null
      : { code: row.errorCode as ErrorCode, details: (row.errorDetails ?? {}) as ErrorDetails },
});
