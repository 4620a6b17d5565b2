import { inspectionDocument } from "@/lib/catalog/documents/inspection-document";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import type { PreflightOutcome } from "@/lib/extension/policy/preflight-outcome";
import { preflight } from "@/lib/inspection/preflight";
import { shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";
import { type Command, EXIT, type ExitCode } from "@/scripts/gantry/command";
import { inspectArguments } from "@/scripts/gantry/inspect/inspect-arguments";
import { openSource } from "@/scripts/gantry/inspect/inspect-source";
import { reportText } from "@/scripts/gantry/inspect/report-text";
import { stepText } from "@/scripts/gantry/inspect/step-text";
import { terminalJson } from "@/scripts/gantry/terminal-json";

export const inspectCommand: Command = {
  summary: "Checks an extension image like a submission, even before you push it.",
  help: `<image> [--json] [--preset sdk|docker] [--registries <list>]

<image> is one of
  acme/disk-lens:1.0.0        a tag or digest in a registry; without either, the highest version
  docker pull …, a Hub page   these also work
  oci:DIR[:TAG]               an OCI image layout in a folder
  oci-archive:FILE.tar[:TAG]  the same in an archive (docker buildx build --output type=oci,dest=FILE.tar .)

  --json        prints the report as JSON, like POST /api/v1/inspections
  --preset      the rules: of the extension SDK (default), or of docker extension validate
  --registries  the allowed registries, in the format of GANTRY_REGISTRIES (http://127.0.0.1:5000, …)

Exit codes: 0 passed, 1 needs changes, 2 invalid usage, 3 a registry, the network or Gantry failed.`,
  async run(args, terminal) {
    const asked = inspectArguments(args);
    const source = await openSource(asked, terminal.folder);
    try {
      const { tag, report } = await preflight({
        client: source.client,
        reference: source.reference,
        media: source.media,
        onProgress: (progress) => {
          if (terminal.interactive) terminal.err(terminal.style.dim(stepText(progress)));
        },
      });
      const policy = { ...DEFAULT_POLICY, preset: asked.preset };
      const document = await inspectionDocument(
        { tag: source.tag ?? tag, report },
        { policy, releases: prepareReleases(shippedReleases()) },
      );
      const shown = source.describe(document);
      terminal.out(asked.json ? terminalJson(shown) : reportText(shown, terminal.style));
      return exitCodeOf(document.outcome);
    } finally {
      await source.close();
    }
  },
};

function exitCodeOf(outcome: PreflightOutcome): ExitCode {
  switch (outcome) {
    case "pass":
      return EXIT.ok;
    case "needs_you":
      return EXIT.failed;
    case "our_problem":
      return EXIT.trouble;
  }
}
