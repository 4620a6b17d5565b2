import { FUZZ_TARGETS } from "./fuzz-targets.mjs";
import { runPlaywright, runVitest } from "./runners.mjs";

const UNPACKERS = FUZZ_TARGETS.archives.tools;
const SERVICES = ["postgres", "registry", "skopeo", "buildah", "umoci"];

/**
 * The parts of `npm test` in the order they run. `tools` are programs that the tests start, `build` says that they
 * start the built server, `run` gets the tools' paths and gives `{ passed, problems }`.
 */
export const PARTS = {
  unit: { tools: [], build: false, run: () => runVitest("unit") },
  architecture: { tools: [], build: false, run: () => runVitest("architecture") },
  grammar: { tools: ["go", "semverForGo"], build: false, run: () => runVitest("grammar") },
  differential: {
    tools: [...UNPACKERS, "bsdtar", "buildah", "umoci"],
    build: false,
    run: () => runVitest("differential"),
  },
  registry: { tools: ["registry"], build: false, run: () => runVitest("registry") },
  integration: { tools: SERVICES, build: true, run: () => runVitest("integration") },
  api: { tools: SERVICES, build: true, run: () => runVitest("api") },
  node24: { tools: ["node24"], build: true, run: () => runVitest("node24") },
  e2e: { tools: [...SERVICES, "chromium"], build: true, run: runInChromium },
};

function runInChromium({ chromium }) {
  return runPlaywright({ CHROMIUM_PATH: chromium });
}
