import { readFileSync } from "node:fs";
import { safeHtml } from "@/lib/safe-html/safe-html";
import { expect, test } from "@/tests/support/browser/strict-page";

const PAYLOADS: string[] = JSON.parse(readFileSync("tests/samples/hostile-texts.json", "utf8"));

/** Events that a handler could listen to; nothing must respond. */
const EVENTS = ["click", "mouseover", "focus", "load", "error", "toggle", "animationstart", "wheel", "input"];

for (const [name, policy] of [
  [
    "under our policy",
    "default-src 'none'; script-src 'none'; style-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'",
  ],
  ["without any", ""],
] as const) {
  test(`no browser runs or loads anything from publishers' texts, ${name}`, async ({ page }) => {
    const texts = PAYLOADS.flatMap((payload) => [payload, `<p>a ${payload} b</p>`, `- ${payload}`]).map(
      (text) => safeHtml(text),
    );
    const body = `<!doctype html><title>Texts</title>${texts.map((html) => `<section>${html}</section>`).join("\n")}`;
    const requested: string[] = [];
    await page.addInitScript(() => {
      Object.assign(window, { hits: 0, alert: () => Object.assign(window, { hits: 1 }) });
    });
    await page.route("**/*", (route) => {
      requested.push(route.request().url());
      return route.request().isNavigationRequest()
        ? route.fulfill({
            body,
            headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
          })
        : route.abort();
    });
    await page.goto("http://texts.test/");
    const seen = await page.evaluate((events) => {
      const all = [...document.querySelectorAll("section *")];
      for (const element of all) {
        for (const name of events)
          element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
      }
      return {
        sections: document.querySelectorAll("section").length,
        hits: Reflect.get(window, "hits"),
        styled: all.filter((element) => element.hasAttribute("style") || element.id !== "").length,
        active: document.querySelectorAll(
          "section :is(script,style,iframe,object,embed,form,input,button,svg,math,link,meta,base,img,video,audio)",
        ).length,
      };
    }, EVENTS);
    expect(seen).toEqual({ sections: texts.length, hits: 0, styled: 0, active: 0 });
    expect(requested).toEqual(["http://texts.test/"]);
  });
}
