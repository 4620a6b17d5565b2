import { expect, test } from "vitest";
import { hostCookieValue, parseHostChoice, parseHostCookie } from "@/lib/catalog/queries/host-choice";

test.each([
  ["4.44", "arm64", { desktop: "4.44.0", architecture: "arm64" }],
  ["v4.18.0", "x86_64", { desktop: "4.18.0", architecture: "amd64" }],
  ["4.44.0", "", undefined],
  ["", "arm64", undefined],
  ["latest", "arm64", undefined],
  ["4.44.0", "arm64/v8", undefined],
  [`4.44.${"0".repeat(64)}`, "arm64", undefined],
])("a choice of %j and %j", (desktop, arch, choice) => {
  expect(parseHostChoice(desktop, arch)).toEqual(choice);
});

test("the cookie gives back what was chosen, in one spelling only", () => {
  const choice = { desktop: "4.44.0", architecture: "arm64" };
  expect(parseHostCookie(hostCookieValue(choice))).toEqual(choice);
  for (const value of [undefined, "", "4.44~arm64", "4.44.0~aarch64", "4.44.0~arm64~", "<script>~arm64"]) {
    expect(parseHostCookie(value)).toBeUndefined();
  }
});
