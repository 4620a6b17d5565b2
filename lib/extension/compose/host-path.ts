import { isOpen, shown } from "@/lib/extension/compose/yaml/interpolation";

/**
 * A path on the Docker host. `reachesSocket`: the container engine's socket is at or below the path. `isSocket`: the
 * path is exactly that socket. `isKnown`: false when the location cannot be determined.
 */
export type HostPath = { path: string; reachesSocket: boolean; isSocket: boolean; isKnown: boolean };

/** Sockets that control a container engine, by their usual paths on the Docker host. */
const SOCKETS = [
  "/run/docker.sock",
  "/run/docker.raw.sock",
  "/run/docker-cli.sock",
  "/run/docker.sock.raw",
  "/run/docker/docker.sock",
  "/run/desktop/docker.sock",
  "/run/guest-services/docker.sock",
  "/run/host-services/docker.proxy.sock",
  "/run/docker/containerd/containerd.sock",
  "/run/containerd/containerd.sock",
  "/run/podman/podman.sock",
  "/run/user/1000/docker.sock",
  "/run/user/1000/podman/podman.sock",
  "/mnt/wsl/docker-desktop/shared-sockets/guest-services/docker.sock",
  "/wsl/docker-desktop/shared-sockets/guest-services/docker.sock",
  "~/.docker/run/docker.sock",
  "~/.docker/desktop/docker.sock",
  "~/Library/Containers/com.docker.docker/Data/docker.raw.sock",
  "//./pipe/docker_engine",
  "//./pipe/docker_engine_linux",
  "//./pipe/dockerDesktopLinuxEngine",
];

/** Aliases of host folders. Docker Desktop shows the machine's own files below `/host_mnt`. */
const ALIASES: [string, string][] = [
  ["/var/run", "/run"],
  ["/host_mnt", ""],
  ["/run/desktop/mnt/host", ""],
  ["/mnt/host", ""],
  ["/proc/1/root", ""],
];

/** The host's root as seen through any host process. */
const PROCESS_ROOT = /^\/proc\/(?:\d+|self|thread-self)\/(?:root|cwd)(?=\/|$)/;

/** Host variables with a well-known meaning: they contain a folder. */
const HOMES = new Set(["HOME", "USERPROFILE"]);

/** Home folders: on macOS and Windows hosts the socket is somewhere below. */
const PEOPLE = ["/home", "/root", "/Users", "/c/Users", "C:/Users"];
const HOLDERS =
  /^(?:\/run\/user\/\d+(?:\/podman)?|(?:\/home\/[^/]+|\/root|(?:\/[A-Za-z]|[A-Z]:)?\/Users\/[^/]+)(?:\/\.docker(?:\/run|\/desktop)?)?)$/;

/** Whether Compose treats the text as a path and not as a volume name. */
export function looksLikePath(text: string): boolean {
  return /^(?:[./~\\]|[A-Za-z]:[\\/])/.test(text) || HOMES.has(leadingVariable(text) ?? "");
}

/** Resolves a host path. `folder` is the base of relative paths: a path inside the image, such as `/backend`. */
export function readHostPath(written: string, folder: string): HostPath {
  const home = leadingVariable(written);
  const text = home !== undefined && HOMES.has(home) ? written.replace(/^\0[^\0]*\0/, "~") : written;
  if (isOpen(text)) return { path: shown(text), reachesSocket: false, isSocket: false, isKnown: false };
  const path = normalized(text.replaceAll("\\", "/"), folder);
  const isSocket = isEngineSocket(path);
  return {
    path,
    isSocket,
    reachesSocket: isSocket || holdsSocket(path),
    isKnown: !path.startsWith("..") && !path.startsWith("~/..") && !/^~[^/]/.test(path),
  };
}

function leadingVariable(text: string): string | undefined {
  return /^\0([^\0]*)\0(?=$|[/\\])/.exec(text)?.[1];
}

function normalized(text: string, folder: string): string {
  if (/^\/\/[.?]\/pipe\//i.test(text)) return text;
  const drive = /^([A-Za-z]):\//.exec(text)?.[0];
  if (drive !== undefined) return drive.toUpperCase() + joined(text.slice(drive.length), true);
  if (text.startsWith("/")) return `/${joined(text, true)}`;
  if (text.startsWith("~")) return joined(text, false);
  const path = joined(`${folder.slice(1)}/${text}`, false);
  return path.startsWith("..") ? path : `./${path}`;
}

/** Removes empty, `.` and `..` segments. Segments that go above a relative base stay in front. */
function joined(path: string, isAbsolute: boolean): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    const last = kept.at(-1);
    if (segment !== "..") kept.push(segment);
    else if (last !== undefined && last !== ".." && !last.startsWith("~")) kept.pop();
    else if (!isAbsolute) kept.push("..");
  }
  return kept.join("/");
}

/** Matches by location, or by a name that only such sockets have. */
function isEngineSocket(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    placesOf(path).some((place) => SOCKETS.some((socket) => socket.toLowerCase() === place.toLowerCase())) ||
    /^(?:docker|podman|containerd)(?:[.-][\w.-]*)?\.sock(?:\.raw)?$/i.test(name) ||
    /^\/\/[.?]\/pipe\/docker/i.test(path)
  );
}

function holdsSocket(path: string): boolean {
  return placesOf(path).some((place) => {
    const folder = (place.endsWith("/") ? place : `${place}/`).toLowerCase();
    return (
      SOCKETS.some((socket) => socket.toLowerCase().startsWith(folder)) ||
      PEOPLE.some((people) => `${people}/`.toLowerCase().startsWith(folder)) ||
      ALIASES.some(([alias]) => `${alias}/`.startsWith(folder)) ||
      HOLDERS.test(place)
    );
  });
}

/** The path with all its aliases. */
function placesOf(path: string): string[] {
  const places = [path, path.replace(PROCESS_ROOT, "") || "/"];
  for (const [alias, real] of ALIASES) {
    for (const place of [...places]) {
      if (place === alias) places.push(real === "" ? "/" : real);
      else if (place.startsWith(`${alias}/`)) places.push(real + place.slice(alias.length));
    }
  }
  return places;
}
