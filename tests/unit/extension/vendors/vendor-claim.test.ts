import { describe, expect, test } from "vitest";
import { RESERVED_VENDORS } from "@/lib/extension/vendors/reserved-vendors";
import { skeleton } from "@/lib/extension/vendors/skeleton";
import { passForOneVendor, vendorClaim } from "@/lib/extension/vendors/vendor-claim";
import fc from "@/tests/builders/fast-check";

const OTHERS = "docker.io/acme/disk-lens";

describe("names that pass for another at a glance", () => {
  test.each([
    ["Docker", "Dоcker", "a Cyrillic о"],
    ["Docker", "Dοcker", "a Greek omicron"],
    ["Docker", "Ｄｏｃｋｅｒ", "fullwidth letters"],
    ["Docker", "𝐃𝐨𝐜𝐤𝐞𝐫", "mathematical bold letters"],
    ["Docker", "𝓓𝓸𝓬𝓴𝓮𝓻", "mathematical script letters"],
    ["Docker", "𝙳𝚘𝚌𝚔𝚎𝚛", "mathematical monospace letters"],
    ["Docker", "Ⓓⓞⓒⓚⓔⓡ", "circled letters"],
    ["Docker", "D0cker", "a zero"],
    ["Docker", "DOCKER", "capitals"],
    ["Docker", "docker", "small letters"],
    ["Docker", "Dóckér", "accents"],
    ["Docker", "Do\u0301cker", "combining accents"],
    ["Docker", "Do\u200bcker", "a zero-width space"],
    ["Docker", "Do\u200dcker", "a joiner"],
    ["Docker", "\u202eDocker", "a character that turns text round"],
    ["Docker", "Doc\u00adker", "a soft hyphen"],
    ["Docker", "Doc-ker", "a hyphen"],
    ["Docker", "D o c k e r", "spaces"],
    ["Docker", "Dосkеr", "several Cyrillic letters"],
    ["Docker", "Ꭰocker", "a Cherokee letter"],
    ["Docker", "ⅾocker", "a Roman numeral"],
    ["Docker", "Dockеr", "a Cyrillic е"],
    ["Docker", "Doϲker", "a Greek lunate sigma"],
    ["Docker", "Docĸer", "a kra"],
    ["Docker", "Dockeг", "a Cyrillic г"],
    ["Docker", "Dօcker", "an Armenian o"],
    ["Docker", "Døcker", "a slashed o"],
    ["Docker", "Đocker", "a barred D"],
    ["Microsoft", "Micr0soft", "a zero"],
    ["Microsoft", "Microsоft", "a Cyrillic о"],
    ["Microsoft", "Мicrosoft", "a Cyrillic М"],
    ["Microsoft", "rnicrosoft", "rn for m"],
    ["Microsoft", "Mlcrosoft", "l for i"],
    ["Microsoft", "M1crosoft", "1 for i"],
    ["Microsoft", "Mıcrosoft", "a dotless i"],
    ["Google", "Gооgle", "two Cyrillic о"],
    ["Google", "GoogIe", "a capital I for l"],
    ["Google", "Goog1e", "1 for l"],
    ["Google", "Goog|e", "a bar for l"],
    ["Google", "Ԍoogle", "a Komi letter"],
    ["Amazon", "Аmazon", "a Cyrillic А"],
    ["Amazon", "Amazоn", "a Cyrillic о"],
    ["Red Hat", "RedHat", "no space"],
    ["Red Hat", "Ꮢed Hat", "a Cherokee letter"],
    ["Red Hat", "Rеd Наt", "Cyrillic letters"],
    ["SUSE", "ЅUЅE", "Cyrillic Ѕ"],
    ["SUSE", "5USE", "a five"],
    ["Canonical", "Canonica1", "1 for l"],
    ["VMware", "VMvvare", "vv for w"],
    ["VMware", "ⅤMware", "a Roman numeral"],
    ["Oracle", "0racle", "a zero"],
    ["Oracle", "Οracle", "a Greek Omicron"],
    ["HashiCorp", "HаshiCorp", "a Cyrillic а"],
    ["HashiCorp", "Hashlcorp", "l for i"],
    ["GitHub", "GitНub", "a Cyrillic Н"],
    ["GitHub", "G1tHub", "1 for i"],
    ["GitLab", "GitLаb", "a Cyrillic а"],
    ["GitLab", "GltLab", "l for i"],
    ["JetBrains", "ЈetBrains", "a Cyrillic Ј"],
    ["Tailscale", "TaiIscale", "a capital I for l"],
    ["Tailscale", "Τailscale", "a Greek Tau"],
    ["Portainer", "Ρortainer", "a Greek Rho"],
    ["Snyk", "Ѕnyk", "a Cyrillic Ѕ"],
    ["Anchore", "Anchоre", "a Cyrillic о"],
    ["NGINX", "NGlNX", "l for I"],
    ["ngrok", "ngr0k", "a zero"],
    ["LocalStack", "LоcalStack", "a Cyrillic о"],
    ["Postman", "Ρostman", "a Greek Rho"],
    ["Datadog", "Dаtadog", "a Cyrillic а"],
    ["Cloudflare", "CIoudflare", "a capital I for l"],
    ["Kubernetes", "Κubernetes", "a Greek Kappa"],
    ["OpenAI", "0penAI", "a zero"],
    ["NVIDIA", "NVІDІA", "Cyrillic І"],
    ["Podman", "Роdman", "Cyrillic letters"],
  ])("%s and %s (%s) have one skeleton", (real, fake) => {
    expect(skeleton(fake)).toBe(skeleton(real));
    const claim = vendorClaim(fake, OTHERS);
    expect(claim).not.toEqual({ kind: "plain" });
    if (real !== "Podman" && "name" in claim) expect(claim.name).toBe(real);
  });

  test.each([
    ["Docker", "Doctor"],
    ["Docker", "Rocker"],
    ["Google", "Giggle"],
    ["Oracle", "Miracle"],
    ["Snyk", "Sync"],
    ["Redis", "Radish"],
    ["Acme", "Acne"],
    ["Grafana", "Banana"],
    ["Elastic", "Gymnastic"],
    ["Postman", "Batman"],
  ])("%s and %s do not", (one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other));
  });
});

describe("what a vendor name claims in somebody else's repository", () => {
  test.each([
    ["Docker Inc.", "Docker"],
    ["Docker, Inc", "Docker"],
    ["DOCKER INC", "Docker"],
    ["Verified Docker Team", "Docker"],
    ["Microsoft Corporation", "Microsoft"],
    ["Red Hat, Inc.", "Red Hat"],
    ["Amazon Web Services, Inc.", "Amazon"],
    ["Grafana Labs", "Grafana Labs"],
    ["The Rancher Team", "SUSE"],
    ["Google LLC", "Google"],
  ])("%s is reserved", (vendor, name) => {
    const claim = vendorClaim(vendor, OTHERS);
    expect(claim).toEqual({ kind: "reserved", name });
  });

  test.each([
    ["Dokcer", "lookalike"],
    ["Dockker", "lookalike"],
    ["Dockr", "lookalike"],
    ["Microsofft", "lookalike"],
    ["Microsfot", "lookalike"],
    ["Kubernets", "lookalike"],
    ["Тailscalе Inc", "lookalike"],
    ["Асme", "mixed_script"],
    ["Аcme Ltd", "mixed_script"],
    ["Ωmega", "mixed_script"],
  ])("%s is seen", (vendor, kind) => {
    const claim = vendorClaim(vendor, OTHERS);
    expect(claim.kind).toBe(kind);
  });

  test.each([
    "Acme Inc.",
    "Ünïcode GmbH",
    "Marcelo Ochoa",
    "Ajeet Singh Raina",
    "КВАРТ",
    "Яндекс",
    "株式会社アクメ",
    "עברית בע״מ",
    "شركة",
    "Ελληνική Εταιρεία",
    "ACME Яндекс",
    "Felipe Cruz",
    "Collabnix",
    "Layer5",
    "Epinio",
    "Microcks.io",
    "InterSystems",
    "Docking Station",
    "x",
    "",
  ])("%s is a name of its own", (vendor) => {
    expect(vendorClaim(vendor, OTHERS)).toEqual({ kind: "plain" });
  });

  test("owners may carry their names, in their own repositories only", () => {
    for (const { name, namespaces } of RESERVED_VENDORS) {
      for (const space of namespaces)
        expect(vendorClaim(`${name} Inc.`, `${space}x`)).toEqual({ kind: "plain" });
      expect(vendorClaim(`${name} Inc.`, OTHERS)).toEqual({ kind: "reserved", name });
    }
  });

  test("reserved names are not mistaken for one another", () => {
    for (const { name, namespaces } of RESERVED_VENDORS) {
      expect(vendorClaim(name, `${namespaces[0]}x`)).toEqual({ kind: "plain" });
    }
  });

  test("a skeleton is its own skeleton, across spaces and however long its letters are written", () => {
    for (const name of ["Г \u{1D40D}", "v V", "R.N.", "\ufdfa".repeat(200)])
      expect(skeleton(skeleton(name))).toBe(skeleton(name));
  });

  test("any name gets an answer, and a skeleton is its own skeleton", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (vendor) => {
        expect(vendorClaim(vendor, OTHERS).kind).toMatch(/^(?:plain|reserved|lookalike|mixed_script)$/);
        expect(skeleton(skeleton(vendor))).toBe(skeleton(vendor));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["Acme Inc.", "Acme, Inc", true],
  ["Acme", "Аcme", true],
  ["Acme", "ACME GmbH", true],
  ["Acme", "Acne", false],
  ["Labs Inc.", "Team Ltd.", false],
  ["", "", false],
])("%s and %s pass for one vendor: %s", (one, other, expected) => {
  expect(passForOneVendor(one, other)).toBe(expected);
});
