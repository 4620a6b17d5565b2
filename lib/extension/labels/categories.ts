import { nearest } from "@/lib/extension/text/nearest";

/** The values of the label `com.docker.extension.categories` that Docker Desktop's marketplace filters by. */
export const CATEGORIES = {
  "ci-cd": "CI/CD",
  "cloud-deployment": "Cloud deployment",
  "cloud-development": "Cloud development",
  "container-orchestration": "Container orchestration",
  database: "Database",
  "image-registry": "Image registry",
  kubernetes: "Kubernetes",
  networking: "Networking",
  security: "Security",
  "testing-tools": "Testing tools",
  "utility-tools": "Utility tools",
  volumes: "Volumes",
} as const satisfies Record<string, string>;

export type Category = keyof typeof CATEGORIES;

const VALUES = Object.keys(CATEGORIES);

/** Common wrong values, with the intended category. */
const MEANT = new Map<string, Category>([
  ["databases", "database"],
  ["db", "database"],
  ["developer-tools", "utility-tools"],
  ["development", "cloud-development"],
  ["development-tools", "utility-tools"],
  ["tools", "utility-tools"],
  ["utilities", "utility-tools"],
  ["utility", "utility-tools"],
  ["testing", "testing-tools"],
  ["network", "networking"],
  ["registry", "image-registry"],
  ["storage", "volumes"],
  ["k8s", "kubernetes"],
  ["orchestration", "container-orchestration"],
]);

/** Whether `text` is one of the twelve categories. */
export function isCategory(text: string): text is Category {
  return Object.hasOwn(CATEGORIES, text);
}

/** The intended category of an unknown value, or undefined. */
export function meantCategory(text: string): string | undefined {
  const plain = text.toLowerCase().replaceAll(/[\s_/]+/g, "-");
  return isCategory(plain) ? plain : (MEANT.get(plain) ?? nearest(plain, VALUES, 2));
}
