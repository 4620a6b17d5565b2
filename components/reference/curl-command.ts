import type { Operation } from "@/components/reference/api-reference";

/** A command that calls the operation on this instance, with the document's own examples. */
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

/** What a first call wants: the words to look for, or the host that asks. */
function isShown({ name, place, required }: Operation["parameters"][number]): boolean {
  return place === "query" && (required || name === "q" || name === "desktop" || name === "arch");
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
