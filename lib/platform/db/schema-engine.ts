/**
 * Prisma's own schema engine, as WebAssembly: the CLI would download a native one, which many networks block. The
 * package includes the `.wasm` next to its glue code but leaves the loading to bundlers; this file does it for Node.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { singleton } from "@/lib/platform/singleton";

export type SchemaEngine = glue.SchemaEngine;

const loaded = singleton<Promise<void>>("schema-engine");

/**
 * Creates an engine for `adapter` (undefined is enough for schema-to-schema diffs). At most one per process at a time.
 */
export async function createSchemaEngine(adapter: object, schema?: string): Promise<SchemaEngine> {
  const loading = loaded.peek() ?? load();
  loaded.set(loading);
  await loading;
  const datamodels: [string, string][] | undefined =
    schema === undefined ? undefined : [["schema.prisma", schema]];
  return glue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}

async function load(): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = await readFile(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes), {
    "./schema_engine_bg.js": wasmImports(),
  });
  glueSetter()(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

/** The glue module exports exactly the functions that the WebAssembly module imports. */
function wasmImports(): WebAssembly.ModuleImports {
  return glue as unknown as WebAssembly.ModuleImports;
}

/** wasm-bindgen exports this setter, although its type file does not list it. */
function glueSetter(): (exports: WebAssembly.Exports) => void {
  return (glue as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }).__wbg_set_wasm;
}
