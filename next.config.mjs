import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // Titles and descriptions belong into <head> for every reader, not into a stream behind it.
  htmlLimitedBots: /.*/,
  // Pictures are stored in the right size already; an optimiser would be a way to make the server fetch addresses.
  images: { unoptimized: true },
  // Loaded by Node as they are: they hold native or WebAssembly code, or state that must exist once.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/driver-adapter-utils",
    "@prisma/schema-engine-wasm",
    "pg",
    "pg-boss",
    "pino",
    "sharp",
  ],
  // `npm run check` looks at types, with the development dependencies that a mere start does not install.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root },
};

export default config;
