import { describe, expect, test } from "vitest";
import {
  familiarName,
  parseRepository,
  repositoryHost,
  repositoryPath,
} from "@/lib/extension/reference/repository";
import { hasCode, isAppError } from "@/lib/platform/errors";
import fc from "@/tests/builders/fast-check";

const HUB = "docker.io/acme/disk-lens";
const ZERO_WIDTH = "\u200b";

function refusal(text: string): string {
  try {
    return `accepted as ${parseRepository(text)}`;
  } catch (error) {
    if (!hasCode(error, "repository_invalid")) throw error;
    expect(error.suggestion).toMatch(/[.?]$/);
    return error.message;
  }
}

describe("whatever people paste for one repository leads to the same identity", () => {
  test.each([
    "acme/disk-lens",
    "  acme/disk-lens \n",
    '"acme/disk-lens"',
    "`acme/disk-lens:1.0.0`",
    "“acme/disk-lens”",
    "<acme/disk-lens>",
    "acme/disk-lens/",
    "acme/disk-lens:1.0.0",
    "acme/disk-lens:",
    `acme/disk-lens@sha256:${"a".repeat(64)}`,
    `acme/disk-lens:1.0.0@sha256:${"a".repeat(64)}`,
    "docker.io/acme/disk-lens",
    "DOCKER.IO/acme/disk-lens",
    "index.docker.io/acme/disk-lens",
    "registry-1.docker.io/acme/disk-lens",
    "registry-1.docker.io:443/acme/disk-lens",
    "https://registry-1.docker.io/acme/disk-lens",
    "https://docker.io/acme/disk-lens:1.0.0",
    "docker://docker.io/acme/disk-lens:1.0.0",
    "docker://acme/disk-lens",
    "https://hub.docker.com/r/acme/disk-lens",
    "https://hub.docker.com/r/acme/disk-lens/",
    "http://hub.docker.com/r/acme/disk-lens",
    "hub.docker.com/r/acme/disk-lens",
    "https://www.hub.docker.com/r/acme/disk-lens",
    "https://hub.docker.com/r/acme/disk-lens/tags?page=1&name=1.0",
    "https://hub.docker.com/r/acme/disk-lens/layers",
    "https://hub.docker.com/r/acme/disk-lens#readme",
    "https://hub.docker.com/extensions/acme/disk-lens",
    "https://hub.docker.com/extensions/acme/disk-lens?tab=versions",
    `https://hub.docker.com/layers/acme/disk-lens/1.0.0/images/sha256-${"a".repeat(64)}`,
    "https://hub.docker.com/repository/docker/acme/disk-lens/general",
    "https://open.docker.com/extensions/marketplace?extensionId=acme/disk-lens",
    "https://open.docker.com/extensions/marketplace?extensionId=acme%2Fdisk-lens&tag=1.0.0",
    "open.docker.com/extensions/marketplace?extensionId=acme/disk-lens",
    "docker-desktop://extensions/marketplace?extensionId=acme/disk-lens",
    "docker-desktop://dashboard/extension-tab?extensionId=acme/disk-lens",
    "docker pull acme/disk-lens",
    "docker pull --platform linux/arm64 acme/disk-lens:1.0.0",
    "docker image pull --quiet acme/disk-lens",
    "$ docker pull acme/disk-lens:1.0.0",
    "sudo docker pull acme/disk-lens",
    "podman pull docker.io/acme/disk-lens",
    "docker extension install acme/disk-lens:1.0.0",
    "docker extension install --force acme/disk-lens:1.0.0",
    "docker extension install -f acme/disk-lens",
    "docker extension install \\\n  acme/disk-lens:1.0.0",
    "docker extension update acme/disk-lens:1.1.0",
    "docker extension validate -a -s -i acme/disk-lens",
    "rdctl extension install acme/disk-lens:1.0.0",
    "Docker  Extension  Install\tacme/disk-lens",
  ])("%j", (text) => {
    expect(parseRepository(text)).toBe(HUB);
  });

  test.each([
    ["ghcr.io/x/y", "ghcr.io/x/y"],
    ["GHCR.io/x/y:1.0.0", "ghcr.io/x/y"],
    ["https://ghcr.io/x/y:1.0.0", "ghcr.io/x/y"],
    ["127.0.0.1:5000/acme/disk-lens", "127.0.0.1:5000/acme/disk-lens"],
    ["http://127.0.0.1:5000/acme/disk-lens:1.0.0", "127.0.0.1:5000/acme/disk-lens"],
    ["http://localhost/acme/disk-lens", "localhost/acme/disk-lens"],
    ["http://registry:5000/disk-lens", "registry:5000/disk-lens"],
    ["localhost/acme/disk-lens", "localhost/acme/disk-lens"],
    ["LOCALHOST:5000/disk-lens:1", "localhost:5000/disk-lens"],
    ["registry.example.com/one/two/three/four", "registry.example.com/one/two/three/four"],
    ["docker pull registry.example.com:65535/a/b", "registry.example.com:65535/a/b"],
    ["https://quay.io/repository/acme/disk-lens?tab=tags", "quay.io/acme/disk-lens"],
    ["quay.io/acme/disk-lens", "quay.io/acme/disk-lens"],
    ["https://github.com/acme/source/pkgs/container/disk-lens", "ghcr.io/acme/disk-lens"],
    [
      "https://github.com/orgs/acme/packages/container/package/tools%2Fdisk-lens",
      "ghcr.io/acme/tools/disk-lens",
    ],
    ["library/x", "docker.io/library/x"],
    ["a.b/c", "a.b/c"],
    ["acme/a__b---c.d_e", "docker.io/acme/a__b---c.d_e"],
    ["0xe282b0/kwasm-docker-desktop", "docker.io/0xe282b0/kwasm-docker-desktop"],
  ])("%s means %s", (text, repository) => {
    expect(parseRepository(text)).toBe(repository);
  });
});

describe("what names no repository is refused with a reason that teaches", () => {
  test.each([
    ["", /empty/],
    ["   ", /empty/],
    ["nginx", /no namespace, and single-part names are Docker Official Images/],
    ["nginx:1.27", /no namespace/],
    ["docker.io/nginx", /no namespace/],
    ["https://hub.docker.com/_/nginx", /no namespace/],
    ["ghcr.io", /names only a registry/],
    ["localhost:5000", /names only a registry/],
    ["Acme/Disk-Lens", /lowercase/],
    ["acme/disk_lens_", /the part “disk_lens_” is invalid/],
    ["acme/-disk", /the part .* is invalid/],
    ["acme/a..b", /the part .* is invalid/],
    ["acme/a___b", /the part .* is invalid/],
    ["acme/a._b", /the part .* is invalid/],
    ["acme//disk-lens", /empty part/],
    ["/acme/disk-lens", /empty part/],
    ["acme/..", /the part .* is invalid/],
    ["../acme/disk-lens", /a registry host can contain/],
    ["acme/one/two", /Docker Hub names have two parts/],
    ["docker.io/acme/one/two", /Docker Hub names have two parts/],
    ["docker.io/ghcr.io/x", /is a registry and cannot be a Docker Hub namespace/],
    ["docker.io/localhost/x", /is a registry and cannot be a Docker Hub namespace/],
    ["acme/dіsk-lens", /the part .* is invalid/],
    ["acme/disk lens", /more than one word/],
    ["acme/disk-lens other/thing", /more than one word/],
    ["docker pull acme/one acme/two", /more than one image/],
    ["docker pull --quiet", /no image/],
    ["docker rm -f acme/one", /more than one word/],
    [`acme/disk${ZERO_WIDTH}lens`, /invisible/],
    ["acme/disk\u202elens", /invisible/],
    ["acme/disk\u0000lens", /control/],
    ["acme/disk\nlens", /more than one word/],
    ["acme/disk-lens\ud800", /invisible/],
    ["registry.example.com:0/a/b", /1 to 65535/],
    ["registry.example.com:65536/a/b", /1 to 65535/],
    ["registry.example.com:/a/b", /1 to 65535/],
    ["registry.example.com:05000/a/b", /1 to 65535/],
    ["registry.example.com:5000x/a/b", /1 to 65535/],
    ["[::1]:5000/a/b", /IPv6/],
    ["http://[::1]:5000/a/b", /IPv6/],
    ["fe80::1/a/b", /IPv6/],
    ["127.1/a/b", /four numbers/],
    ["127.0.0.256/a/b", /four numbers/],
    ["0x7f.0.0.1/a/b", /four numbers/],
    ["127.0.0.01/a/b", /four numbers/],
    ["2130706433:5000/a/b", /four numbers/],
    ["exämple.com/a/b", /a registry host can contain/],
    ["-a.com/a/b", /a registry host can contain/],
    ["ghcr.io./a/b", /a registry host can contain/],
    [`${"a".repeat(64)}.com/a/b`, /a registry host can contain/],
    ["https://hub.docker.com/u/acme", /does not belong to a single image/],
    ["https://hub.docker.com/search?q=lens&type=extension", /does not belong to a single image/],
    ["https://hub.docker.com/r/acme", /does not belong to a single image/],
    ["https://open.docker.com/extensions/marketplace", /does not belong to a single image/],
    ["docker-desktop://dashboard/open", /does not belong to a single image/],
    ["https://github.com/acme/disk-lens", /does not belong to a single image/],
    ["https://registry/x", /neither a dot nor a port/],
    ["http://registry:80/x", /neither a dot nor a port/],
    ["ftp://example.com/a/b", /ftp:\/\/ URLs do not point to images/],
    ["javascript://example.com/%0aalert(1)", /URLs do not point to images/],
    ["file:///etc/passwd", /URLs do not point to images/],
    ["https://", /not a valid URL/],
    ["a".repeat(2049), /too long/],
  ])("%j", (text, reason) => {
    expect(refusal(text)).toMatch(reason);
  });

  test("an upper-case name is answered with its lowercase form", () => {
    expect(() => parseRepository("Acme/Disk-Lens")).toThrow(
      expect.objectContaining({ suggestion: "Did you mean “acme/disk-lens”?" }),
    );
  });

  test.each(["https://me:hunter2@ghcr.io/a/b", "https://me:hunter2@[bad/a/b"])(
    "a password in an address is refused and not repeated: %s",
    (text) => {
      expect(refusal(text)).toMatch(/contains a user name or password|not a valid URL/);
      expect(refusal(text)).not.toContain("hunter2");
    },
  );

  test("a canonical name may have 255 characters and not one more", () => {
    const longest = `acme/${"a".repeat(255 - "docker.io/acme/".length)}`;
    expect(parseRepository(longest)).toHaveLength(255);
    expect(refusal(`${longest}a`)).toMatch(/longer than 255/);
  });
});

describe("the parts and the familiar name", () => {
  test.each([
    [HUB, "docker.io", "acme/disk-lens", "acme/disk-lens"],
    ["127.0.0.1:5000/acme/disk-lens", "127.0.0.1:5000", "acme/disk-lens", "127.0.0.1:5000/acme/disk-lens"],
    ["ghcr.io/a/b/c", "ghcr.io", "a/b/c", "ghcr.io/a/b/c"],
    ["library/nginx", "docker.io", "library/nginx", "library/nginx"],
  ])("%s", (text, host, path, familiar) => {
    const repository = parseRepository(text);
    expect(repositoryHost(repository)).toBe(host);
    expect(repositoryPath(repository)).toBe(path);
    expect(familiarName(repository)).toBe(familiar);
  });

  const component = fc.stringMatching(/^[a-z0-9]{1,4}((\.|_|__|-{1,3})[a-z0-9]{1,3}){0,2}$/);
  const host = fc.constantFrom(
    "",
    "docker.io/",
    "ghcr.io/",
    "localhost:5000/",
    "127.0.0.1:65535/",
    "a-b.example/",
  );

  test("familiar and canonical name both read back to the same repository", () => {
    fc.assert(
      fc.property(host, component, component, (prefix, namespace, name) => {
        // On Docker Hub a first part with a dot is a host, not a namespace.
        fc.pre(!["", "docker.io/"].includes(prefix) || !namespace.includes("."));
        const repository = parseRepository(`${prefix}${namespace}/${name}`);
        expect(parseRepository(repository)).toBe(repository);
        expect(parseRepository(familiarName(repository))).toBe(repository);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text is a repository that reads back to itself, or an AppError with the next step", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 80, unit: "binary" }),
      fc.stringMatching(/^[a-zA-Z0-9.:/@_ -]{0,60}$/),
      fc.stringMatching(/^(https?|docker|docker-desktop):\/\/[a-z.]{0,16}\/[a-zA-Z0-9/?=&%:@.-]{0,40}$/),
      fc
        .tuple(fc.constantFrom("docker pull ", "docker extension install ", "hub.docker.com/"), fc.string())
        .map(([a, b]) => a + b),
    );
    fc.assert(
      fc.property(text, (pasted) => {
        try {
          const repository = parseRepository(pasted);
          expect(repository).toMatch(/^[a-z0-9.:-]+(\/[a-z0-9._-]+)+$/);
          expect(parseRepository(repository)).toBe(repository);
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(error).toMatchObject({ code: "repository_invalid", suggestion: expect.any(String) });
          expect(error.message.length).toBeLessThan(1500);
        }
      }),
      { numRuns: 800 },
    );
  });

  test("long runs of one unit are refused without going deep", () => {
    for (const unit of [
      "a",
      "/",
      ".",
      "-",
      ":",
      "@",
      "a/",
      "a.",
      "a-",
      "'",
      "'a",
      "docker ",
      "%2f",
      "[",
      "\\\n",
    ]) {
      expect(() => parseRepository(unit.repeat(Math.floor(2048 / unit.length)))).toThrow();
      expect(() =>
        parseRepository(`docker pull x ${unit.repeat(Math.floor(2000 / unit.length))}x`),
      ).toThrow();
    }
  });
});
