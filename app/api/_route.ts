import { NextResponse } from "next/server";
import { LOCALE_COOKIE, type Locale, pickLocale } from "@/app/_i18n/locale";
import { checkOrigin } from "@/lib/accounts/check-origin";
import { clientAddress } from "@/lib/accounts/client-address";
import { GUEST_COOKIE, guestCookieOptions, sealGuest } from "@/lib/accounts/guest-cookie";
import { makeGuest } from "@/lib/accounts/make-guest";
import type { Owner, ReadCookie } from "@/lib/accounts/owner";
import { resolveOwner } from "@/lib/accounts/resolve-owner";
import { AppError } from "@/lib/errors";
import { readCookies } from "./_cookies";
import { errorResponse } from "./_error-response";

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
