import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { noEffects } from "@/lib/extension/compose/container-effects";
import fc from "@/tests/builders/fast-check";

/** The capabilities of an extension that is a dashboard tab and nothing else, with `changes`. */
export function capabilities(changes: Partial<Capabilities> = {}): Capabilities {
  return {
    ui: true,
    compose: false,
    ...noEffects(),
    hostBinaries: null,
    accountRequired: false,
    unknown: [],
    ...changes,
  };
}

/** Any capabilities, with values of `texts` in their lists. */
export function anyCapabilities(texts: fc.Arbitrary<string[]>): fc.Arbitrary<Capabilities> {
  return fc.record({
    ui: fc.boolean(),
    compose: fc.boolean(),
    dockerSocket: fc.boolean(),
    privileged: fc.boolean(),
    backendImages: texts,
    hostPaths: texts,
    addedCapabilities: texts,
    securityOptions: texts,
    hostNamespaces: texts,
    devices: texts,
    publishedPorts: texts,
    sharedResources: texts,
    hostCommands: texts,
    hostEnvironment: texts,
    models: texts,
    hostBinaries: fc.option(fc.record({ darwin: texts, windows: texts, linux: texts })),
    accountRequired: fc.boolean(),
    unknown: texts,
  });
}
