import type { Handler } from "@/tests/support/registries/hostile-registry";

/** What a healthy registry does: the real one at `origin` answers. */
export function passOn(origin: () => string): Handler {
  return async ({ method = "GET", url = "", headers }) => {
    const accept = [headers.accept].flat().join(", ");
    const answer = await fetch(origin() + url, { method, headers: { accept } });
    const names = ["content-type", "content-length", "docker-content-digest"];
    return {
      status: answer.status,
      headers: Object.fromEntries(names.flatMap((name) => [[name, answer.headers.get(name) ?? undefined]])),
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  };
}
