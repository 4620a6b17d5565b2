import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { preflightOutcome } from "@/lib/extension/policy/preflight-outcome";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { extensionImage } from "@/tests/builders/extension-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushImage } from "@/tests/support/registries/push";
import { openClient } from "@/tests/support/registries/registry-client";

const PATH = "acme/disk-lens";

let bench: InspectionBench;
let server: HostileRegistry;

beforeAll(async () => {
  bench = await startInspectionBench();
  await pushImage(bench.registry, PATH, "1.0.0", extensionImage());
});
afterEach(() => server.stop());
afterAll(() => bench.stop());

/** The real registry, whose manifests go through a server that changes the header. */
async function inspectUnder(headerOf: (honest: string) => string | undefined) {
  server = await startHostileRegistry();
  const upstream = passOn(() => bench.registry.url);
  server.on(/./, upstream);
  server.on(/\/manifests\//, async (request, response) => {
    const answer = await upstream(request, response);
    return (
      answer && {
        ...answer,
        headers: { ...answer.headers, "content-type": headerOf(String(answer.headers?.["content-type"])) },
      }
    );
  });
  const open = openClient(server.url);
  try {
    const repository = parseRepository(`${server.host}/${PATH}`);
    return await inspect({ client: open.client, repository, reference: "1.0.0" });
  } finally {
    await open.close();
  }
}

describe("a static host that serves correct manifests", () => {
  test.each([
    ["text/plain; charset=utf-8", "Content-Type: “text/plain; charset=utf-8”"],
    ["application/json", "Content-Type: “application/json”"],
    ["application/octet-stream", "Content-Type: “application/octet-stream”"],
    ["binary/octet-stream", "Content-Type: “binary/octet-stream”"],
    ["text/html", "Content-Type: “text/html”"],
    [undefined, "no Content-Type"],
  ])("as %s passes, with the header that Docker refuses", async (contentType, header) => {
    const inspection = await inspectUnder(() => contentType);
    const { report } = inspection;
    expect(preflightOutcome(report, DEFAULT_POLICY)).toBe("pass");
    expect(report.metadata?.proof).toBe("full");
    const found = report.findings.filter(({ code }) => code === "registry_content_type");
    expect(found).toHaveLength(1);
    expect(found[0]?.evidence).toMatchObject({
      header,
      mediaType: "application/vnd.oci.image.index.v1+json",
    });
    expect(codesOf(inspection)).not.toContain("not_an_image");
    expect(codesOf(inspection)).not.toContain("index_ambiguous");
  });
});

test("a registry that writes its types in capitals passes, with the header that containerd refuses", async () => {
  const inspection = await inspectUnder((honest) => honest.toUpperCase());
  expect(preflightOutcome(inspection.report, DEFAULT_POLICY)).toBe("pass");
  expect(codesOf(inspection)).toContain("registry_content_type");
});

test("a charset after the right type is nothing to report", async () => {
  const inspection = await inspectUnder((honest) => `${honest}; charset=utf-8`);
  expect(codesOf(inspection)).toEqual(codesOf(await bench.inspectPath(PATH, "1.0.0")));
  expect(codesOf(inspection)).not.toContain("registry_content_type");
});
