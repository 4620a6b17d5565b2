import { FUZZ_TARGETS } from "./fuzz-targets.mjs";
import { runPlaywright, runVitest } from "./runners.mjs";

const UNPACKERS = FUZZ_TARGETS.archives.tools;
const SERVICES = ["postgres", "registry", "skopeo", "buildah", "umoci"];

/**
 * The parts of `npm test`, in run order. `tools` are programs that the tests start; `build` means that they start the
 * built server. `run` gets the tools' paths and the files to run (all if undefined) and returns `{ passed, problems }`.
 */
export const PARTS = {
  unit: { tools: [], build: false, run: vitest("unit") },
  architecture: { tools: [], build: false, run: vitest("architecture") },
  core: { tools: [], build: false, run: vitest("core") },
  grammar: { tools: ["go", "semverForGo"], build: false, run: vitest("grammar") },
  differential: {
    tools: [...UNPACKERS, "bsdtar", "buildah", "umoci"],
    build: false,
    run: vitest("differential"),
  },
  registry: { tools: ["registry"], build: false, run: vitest("registry") },
  field: { tools: ["registry"], build: false, run: vitest("field") },
  integration: { tools: SERVICES, build: true, run: vitest("integration") },
  api: { tools: SERVICES, build: true, run: vitest("api") },
  node24: { tools: ["node24"], build: true, run: vitest("node24") },
  e2e: { tools: [...SERVICES, "chromium"], build: true, run: runInChromium },
};

function vitest(project) {
  return ({ files }) => runVitest(project, { files });
}

function runInChromium({ tools, files }) {
  return runPlaywright({ CHROMIUM_PATH: tools.chromium }, { files });
}
