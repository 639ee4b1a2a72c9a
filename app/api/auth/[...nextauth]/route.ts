import NextAuth from "next-auth";
import { authOptions } from "@/lib/accounts/auth-options";
import { clientAddress } from "@/lib/accounts/client-address";
import { readCookies } from "../../_cookies";

/** next-auth's own addresses: signing in with a password or at a provider, signing out. */
async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  const readCookie = readCookies(request.headers.get("cookie"));
  const options = authOptions({ readCookie, address: clientAddress(request.headers) });
  return NextAuth(request as never, context as never, options);
}

export { handler as GET, handler as POST };
