/** What can be wrong with a request to the QR engine; every code has a message for people in the error table. */
export type QrErrorCode =
  | "text_empty"
  | "text_too_long"
  | "text_not_encodable"
  | "version_too_small"
  | "picture_too_small"
  | "size_out_of_range"
  | "option_invalid"
  | "level_not_reached";

/** Thrown by everything in `lib/qr`. `details` are numbers and names for the message, never the user's text. */
export class QrError extends Error {
  override readonly name = "QrError";
  constructor(
    readonly code: QrErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}
