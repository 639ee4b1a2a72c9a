import createNextIntlPlugin from "next-intl/plugin";

const isDevelopment = process.env.NODE_ENV === "development";

// Next puts its own data into inline scripts, and the decoders are WebAssembly; everything else is same-origin.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  `connect-src 'self' blob: data:${isDevelopment ? " ws:" : ""}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const securityHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Native code, WebAssembly, worker threads and one-per-process state must not be copied into bundles.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@electric-sql/pglite-pgvector",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@undecaf/zbar-wasm",
    "esbuild",
    "libheif-js",
    "opentype.js",
    "pdfkit",
    "pg",
    "pg-boss",
    "pglite-prisma-adapter",
    "pino",
    "piscina",
    "sharp",
    "tesseract.js-core",
    "zxing-wasm",
  ],
  // `npm run check` checks the types; a first start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Forms only: pictures are streamed to a route of their own.
    serverActions: { bodySizeLimit: "256kb" },
    // Above the 30 MB that an upload may have, so that our own message is the one people see.
    proxyClientMaxBodySize: "40mb",
  },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // A link's address is its key: it goes into no index, and to no other site.
    ...["/s/:path*", "/api/shared/:path*"].map((source) => ({
      source,
      headers: [
        { key: "X-Robots-Tag", value: "noindex, nofollow" },
        { key: "Referrer-Policy", value: "no-referrer" },
      ],
    })),
  ],
};

export default createNextIntlPlugin("./app/_i18n/request.ts")(config);
