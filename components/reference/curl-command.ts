import type { Operation } from "@/components/reference/api-reference";

/** A curl command that calls the operation on this instance, with the examples of the OpenAPI document. */
export function curlCommand({ method, path, parameters, body, needs }: Operation, origin: string): string {
  const address = path.replace(/\{(\w+)\}/g, (_found, name: string) =>
    String(parameters.find((one) => one.name === name)?.example ?? name),
  );
  const query = new URLSearchParams(
    parameters.filter(isShown).map(({ name, example }) => [name, String(example)]),
  ).toString();
  const lines = [
    `curl -fsS${method === "GET" ? "" : ` -X ${method}`} ${quoted(`${origin}${address}${query === "" ? "" : `?${query}`}`)}`,
    ...(needs === "token" ? ['-H "Authorization: Bearer $GANTRY_TOKEN"'] : []),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body.example ?? {}))}`]),
  ];
  return lines.join(" \\\n  ");
}

/** The query parameters of a first call: required ones, search text, and the host. */
function isShown({ name, place, required }: Operation["parameters"][number]): boolean {
  return place === "query" && (required || name === "q" || name === "desktop" || name === "arch");
}

/** Quoted for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
