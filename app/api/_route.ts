import { NextResponse } from "next/server";
import { z } from "zod";
import { LOCALE_COOKIE, type Locale, pickLocale } from "@/app/_i18n/locale";
import { checkOrigin } from "@/lib/accounts/check-origin";
import { clientAddress } from "@/lib/accounts/client-address";
import { GUEST_COOKIE, guestCookieOptions, sealGuest } from "@/lib/accounts/guest-cookie";
import { makeGuest } from "@/lib/accounts/make-guest";
import type { Owner, ReadCookie } from "@/lib/accounts/owner";
import { resolveOwner } from "@/lib/accounts/resolve-owner";
import { AppError, errorMessage, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { readCookies } from "./_cookies";

/** What a handler gets to know about its request. */
export interface RouteRequest<Params> {
  request: Request;
  params: Params;
  url: URL;
  readCookie: ReadCookie;
  locale: Locale;
  /** Whose request this is; null for a first visit. */
  findOwner: () => Promise<Owner | null>;
  /** The owner of what is asked for; a first visit owns nothing, so for it nothing exists. */
  requireOwner: () => Promise<Owner>;
  /** The owner of what is about to be kept: a guest is made where there is none, and their cookie sent along. */
  ownerOrGuest: () => Promise<Owner>;
}

/**
 * A route handler in the app's manner: requests from other sites' pages change nothing, and whatever is thrown
 * becomes `{code, message, details, retryable}` in the reader's language with its status.
 */
export function route<Params>(handler: (request: RouteRequest<Params>) => Promise<Response>) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const readCookie = readCookies(request.headers.get("cookie"));
    const locale = pickLocale(readCookie(LOCALE_COOKIE), request.headers.get("accept-language"));
    const made: { guest?: Owner } = {};
    const findOwner = () => resolveOwner(readCookie);
    let response: Response;
    try {
      if (request.method !== "GET" && request.method !== "HEAD") checkOrigin(request);
      response = await handler({
        ...{ request, readCookie, locale, findOwner },
        params: await context.params,
        url: new URL(request.url),
        requireOwner: async () => (await findOwner()) ?? refuse(),
        ownerOrGuest: async () => {
          const owner = made.guest ?? (await findOwner());
          if (owner) return owner;
          made.guest = await makeGuest(clientAddress(request.headers));
          return made.guest;
        },
      });
    } catch (thrown) {
      response = errorResponse(thrown, locale, request);
    }
    return made.guest ? withGuestCookie(response, made.guest) : response;
  };
}

function refuse(): never {
  throw new AppError("not_found");
}

function withGuestCookie(response: Response, guest: Owner): Response {
  const answer = new NextResponse(response.body, response);
  answer.cookies.set(GUEST_COOKIE, sealGuest(guest), guestCookieOptions());
  return answer;
}

function errorResponse(thrown: unknown, locale: Locale, request: Request): Response {
  const error = fromZod(thrown) ?? toAppError(thrown);
  const where = { method: request.method, path: new URL(request.url).pathname, code: error.code };
  if (error.status >= 500) log("api").error({ ...where, err: thrown }, "request failed");
  else log("api").debug(where, "request refused");
  const seconds = error.details.seconds;
  return Response.json(
    {
      code: error.code,
      message: errorMessage(error.code, error.details, locale),
      details: error.details,
      retryable: error.retryable,
    },
    {
      status: error.status,
      headers: {
        "Cache-Control": "no-store",
        ...(seconds === undefined ? {} : { "Retry-After": String(seconds) }),
      },
    },
  );
}

function fromZod(thrown: unknown): AppError | null {
  if (!(thrown instanceof z.ZodError)) return null;
  const field = thrown.issues[0]?.path.join(".") || "body";
  return new AppError("input_invalid", { cause: thrown, details: { field } });
}
