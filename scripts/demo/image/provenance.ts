/** Provenance of the fictional publishers' release workflows. Their hosts do not exist. */

import type { DemoExtension, DemoVersion } from "@/scripts/demo/scenario/extension";

const FORGE = "https://git.example";
export const TOKEN_ISSUER = "https://token.actions.git.example";

/** SLSA provenance 0.2, as BuildKit writes it. */
export function provenanceOf({ repository }: DemoExtension, { built }: DemoVersion, site: string) {
  return {
    builder: { id: `${FORGE}/${repository}/actions/runs/${built.replaceAll("-", "")}` },
    buildType: "https://mobyproject.org/buildkit@v1",
    invocation: { configSource: { uri: `${site}/${repository}/source`, entryPoint: "Dockerfile" } },
  };
}

/** The identity of a workflow, as Fulcio writes it into certificates. */
export function signedBy({ repository }: DemoExtension, { tag }: DemoVersion): string {
  return `${FORGE}/${repository}/.github/workflows/release.yml@refs/tags/${tag}`;
}
