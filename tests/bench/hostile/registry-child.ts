/** A registry that serves one hostile case at a time, in a separate process so that building it delays nothing else. */

import { CASES } from "@/tests/bench/hostile/cases";
import { startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { serveImage } from "@/tests/support/registries/serve-image";

const registry = await startHostileRegistry();

process.on("message", ({ at }: { at: number }) => {
  const { image, tags } = CASES[at] ?? {};
  if (image === undefined) throw new Error(`There is no case ${at}.`);
  const path = `acme/case-${at}`;
  serveImage(registry, path, image());
  if (tags !== undefined)
    registry.on(`/v2/${path}/tags/list`, { body: JSON.stringify({ name: path, tags: tags() }) });
  process.send?.({ reference: `${registry.host}/${path}${tags === undefined ? ":1.0.0" : ""}` });
});
process.on("disconnect", () => process.exit());
process.send?.(registry.url);
