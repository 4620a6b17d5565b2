import "./setup/node-version.mjs";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

// npm run sbom [-- file]: a CycloneDX bill of what a running Gantry is made of, from the lock file alone.
const { main } = await import("./setup/main.mjs");
const { StepFailed } = await import("./setup/run.mjs");
const { root } = await import("./setup/root.mjs");

const given = process.argv[2];
const target = given === undefined ? path.join(root, "gantry.cdx.json") : path.resolve(given);

await main(() => {
  const bill = billOfMaterials();
  writeFileSync(target, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`Wrote ${bill.components.length} components to ${path.relative(process.cwd(), target)}.`);
});

function billOfMaterials() {
  const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx"];
  try {
    const text = execFileSync("npm", [...args, "--sbom-type=application"], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === "win32",
    });
    const bill = JSON.parse(text);
    // npm calls it as the folder is called.
    bill.metadata.component.name = "gantry";
    return withoutTools(bill);
  } catch (cause) {
    throw new StepFailed(
      "npm could not list the packages.",
      "Use npm 10 or newer, and see its output above.",
      {
        cause,
      },
    );
  }
}

/** `npm sbom --omit=dev` also leaves out what a test tool needs besides, such as tsx, so the lock file decides. */
function withoutTools(bill) {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const shipped = new Set(
    Object.entries(lock.packages)
      .filter(([place, { dev, devOptional }]) => place !== "" && !dev && !devOptional)
      .map(([place, { name, version }]) => `${name ?? nameOf(place)}@${version}`),
  );
  const own = bill.metadata.component["bom-ref"];
  const components = bill.components.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const kept = new Set([own, ...components.map((component) => component["bom-ref"])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  return { ...bill, components, dependencies };
}

function nameOf(place) {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}
