import { expect, test } from "vitest";
import config from "@/next.config.mjs";
import { readSource } from "@/tests/architecture/sources";

/** Packages that hold native code or WebAssembly, or state that must exist once in the process. */
const NEVER_BUNDLED = /^(pg|pg-boss|pino|sharp|@electric-sql\/.*|@node-rs\/.*|@prisma\/.*)$/;

test("the pages' bundle leaves native code and what must exist once to Node", () => {
  const { dependencies } = JSON.parse(readSource("package.json"));
  const wanted = Object.keys(dependencies).filter((name) => NEVER_BUNDLED.test(name));
  expect(config.serverExternalPackages).toEqual(expect.arrayContaining(wanted));
});

test("Next neither names itself nor fetches pictures for strangers nor keeps its own cache of components", () => {
  expect(config.poweredByHeader).toBe(false);
  expect(config.images?.unoptimized).toBe(true);
  expect(config.cacheComponents).toBeFalsy();
});

test("tsconfig.json already holds what a build would write into it", () => {
  const { compilerOptions, include } = JSON.parse(readSource("tsconfig.json"));
  expect(compilerOptions).toMatchObject({
    jsx: "react-jsx",
    module: "esnext",
    moduleResolution: "bundler",
    isolatedModules: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    noEmit: true,
    incremental: true,
    plugins: [{ name: "next" }],
  });
  expect(include).toEqual(
    expect.arrayContaining(["next-env.d.ts", ".next/types/**/*.ts", ".next/dev/types/**/*.ts"]),
  );
});
