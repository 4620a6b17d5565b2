/** What stood in the label `com.docker.desktop.extension.api.version` of public images in 2026, and in its documentation. */

/** The Extension API versions that public Docker Desktop releases have had. */
export const APIS = ["0.2.3", "0.3.0", "0.3.3", "0.3.4", "0.4.2"];

/** Values found in 99 public labels: how often, the value, the API versions that fit as a minimum and exactly. */
export const OBSERVED: [number, string, string[], string[]][] = [
  [26, ">= 0.2.3", APIS, APIS],
  [13, "0.3.4", ["0.3.4", "0.4.2"], ["0.3.4"]],
  [8, "0.3.0", ["0.3.0", "0.3.3", "0.3.4", "0.4.2"], ["0.3.0"]],
  [7, ">= 0.2.0", APIS, APIS],
  [7, "0.4.2", ["0.4.2"], ["0.4.2"]],
  [6, ">= 0.3.0", ["0.3.0", "0.3.3", "0.3.4", "0.4.2"], ["0.3.0", "0.3.3", "0.3.4", "0.4.2"]],
  [4, "0.3.3", ["0.3.3", "0.3.4", "0.4.2"], ["0.3.3"]],
  [3, ">= 0.1.0", APIS, APIS],
  [2, ">= 0.0.1", APIS, APIS],
  [2, ">=0.2.3", APIS, APIS],
  [2, ">= 0.3.4", ["0.3.4", "0.4.2"], ["0.3.4", "0.4.2"]],
  [2, ">= 1.4.7", [], []],
  [2, "0.1.0", APIS, []],
  [2, "1.0.0-beta.1", [], []],
  [1, ">= 0.3.3", ["0.3.3", "0.3.4", "0.4.2"], ["0.3.3", "0.3.4", "0.4.2"]],
  [1, ">= 0.4.0", ["0.4.2"], ["0.4.2"]],
  [1, ">= 0.4.2", ["0.4.2"], ["0.4.2"]],
  [1, ">= 1.0", [], []],
  [1, ">= 1.4.7, < 2.0", [], []],
  [1, "0.0.1", APIS, []],
  [1, "0.2.0", APIS, []],
  [1, "0.2.1", APIS, []],
  [1, "1.0", [], []],
  [1, "1.0.1", [], []],
];

/** Unfilled build arguments, once each. */
export const UNFILLED = ["DD_API_VERSION", "DD_VERSION", "VERSION"].map((argument) => `\${${argument}}`);
