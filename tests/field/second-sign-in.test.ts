import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { extensionImage } from "@/tests/builders/extension-image";
import { type Authority, createAuthority } from "@/tests/support/registries/certificates";
import {
  type Behavior,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushImage } from "@/tests/support/registries/push";
import { openClient } from "@/tests/support/registries/registry-client";

const PATH = "acme/disk-lens";

let bench: InspectionBench;
let authority: Authority;
const servers: HostileRegistry[] = [];

beforeAll(async () => {
  authority = createAuthority();
  bench = await startInspectionBench();
  await pushImage(bench.registry, PATH, "1.0.0", extensionImage());
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop()));
});
afterAll(async () => {
  await bench.stop();
  authority.remove();
});

async function serve(tls?: Parameters<typeof startHostileRegistry>[0]): Promise<HostileRegistry> {
  const server = await startHostileRegistry(tls);
  servers.push(server);
  return server;
}

const upstream = passOn(() => bench.registry.url);

/** The real registry behind a challenge with this realm; the token is `anonymous`. */
const behindToken =
  (realm: () => string): Behavior =>
  (request, response) =>
    request.headers.authorization === "Bearer anonymous"
      ? upstream(request, response)
      : {
          status: 401,
          headers: { "www-authenticate": `Bearer realm="${realm()}",service="other.example"` },
          body: '{"errors":[{"code":"UNAUTHORIZED"}]}',
        };

const TOKEN = { headers: { "content-type": "application/json" }, body: '{"token":"anonymous"}' };

async function inspectAt(registries: string, host: string) {
  const open = openClient(registries, { ca: [authority.cert] });
  try {
    return await inspect({
      client: open.client,
      repository: parseRepository(`${host}/${PATH}`),
      reference: "1.0.0",
    });
  } finally {
    await open.close();
  }
}

async function expectRead(registries: string, host: string): Promise<void> {
  const direct = await bench.inspectPath(PATH, "1.0.0");
  const inspection = await inspectAt(registries, host);
  expect(inspection.report.metadata?.proof).toBe("full");
  expect(codesOf(inspection)).toEqual(codesOf(direct));
}

describe("a host that lists the tags and redirects manifests and blobs", () => {
  test.each([
    ["with one slash", ""],
    ["with a doubled slash", "/"],
  ])("%s to a registry with a sign-in of its own is read", async (_name, slash) => {
    const [vanity, other] = [await serve(), await serve()];
    other.on(
      /./,
      behindToken(() => `${other.url}${slash}/token`),
    );
    other.on("/token", TOKEN);
    vanity.on(/\/(manifests|blobs)\//, ({ url = "" }) => ({
      status: 307,
      headers: { location: `${other.url}${slash}${url}` },
    }));
    await expectRead(`${vanity.url},${other.url}`, vanity.host);
  });
});

describe("a registry with TLS whose URLs say http", () => {
  test("in its challenge is read", async () => {
    const registry = await serve(authority.issue(["IP:127.0.0.1"]));
    registry.on(
      /./,
      behindToken(() => `http://${registry.host}/service/token`),
    );
    registry.on("/service/token", TOKEN);
    await expectRead(registry.url, registry.host);
  });

  test("in its redirects is read", async () => {
    const registry = await serve(authority.issue(["IP:127.0.0.1"]));
    registry.on(/^\/moved/, async (request, response) => {
      request.url = request.url?.replace("/moved", "") ?? "";
      return upstream(request, response);
    });
    registry.on(/^\/v2\/.*\/(manifests|blobs)\//, ({ url = "" }) => ({
      status: 302,
      headers: { location: `http://${registry.host}/moved${url}` },
    }));
    await expectRead(registry.url, registry.host);
  });
});
