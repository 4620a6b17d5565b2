/**
 * What containers do outside their own walls, in lists of short values. Everything that Compose or metadata.json can
 * ask of a host has its place in one of them, or in `Capabilities.unknown`.
 */
export type ContainerEffects = {
  /** References of images that run, or whose files are mounted; `${DESKTOP_PLUGIN_IMAGE}` is the extension's own. */
  backendImages: string[];
  dockerSocket: boolean;
  /** Paths as the Docker host sees them. `./…` lies beside the compose file, `~` is the user's home. */
  hostPaths: string[];
  privileged: boolean;
  /** Without `CAP_`: `SYS_ADMIN`, `ALL`. */
  addedCapabilities: string[];
  /** Settings that loosen or change a container's confinement: `seccomp=unconfined`, `sysctl net.core.somaxconn=1024`. */
  securityOptions: string[];
  /** Namespaces shared with the host: `network`, `pid`, `ipc`, `user`, `uts`, `cgroup`. */
  hostNamespaces: string[];
  devices: string[];
  /** `8080`, `127.0.0.1:8080/udp`, or `any port for 80`. */
  publishedPorts: string[];
  /** What others may use too, or have made: `volume portainer_data`, `network proxy`, `container db`. */
  sharedResources: string[];
  /** Programs that Compose starts on the host. */
  hostCommands: string[];
  /** Variables of the host's environment that containers get to see. */
  hostEnvironment: string[];
  /** Models of Docker Model Runner. */
  models: string[];
};

/** The names in `ContainerEffects`, in the order in which people are told. */
export const EFFECT_NAMES = [
  "backendImages",
  "dockerSocket",
  "hostPaths",
  "privileged",
  "addedCapabilities",
  "securityOptions",
  "hostNamespaces",
  "devices",
  "publishedPorts",
  "sharedResources",
  "hostCommands",
  "hostEnvironment",
  "models",
] as const satisfies readonly (keyof ContainerEffects)[];

type EffectFlag = "dockerSocket" | "privileged";
export type EffectList = Exclude<(typeof EFFECT_NAMES)[number], EffectFlag>;

/** Those of them that are lists. */
export const EFFECT_LISTS = EFFECT_NAMES.filter(isList);

function isList(name: (typeof EFFECT_NAMES)[number]): name is EffectList {
  return Array.isArray(noEffects()[name]);
}

/** Containers that do nothing outside their walls. */
export function noEffects(): ContainerEffects {
  return {
    backendImages: [],
    dockerSocket: false,
    hostPaths: [],
    privileged: false,
    addedCapabilities: [],
    securityOptions: [],
    hostNamespaces: [],
    devices: [],
    publishedPorts: [],
    sharedResources: [],
    hostCommands: [],
    hostEnvironment: [],
    models: [],
  };
}

/**
 * What any of them does; lists keep the order of first mention. What older versions have stored lacks some lists: they
 * knew nothing of such things.
 */
export function joinEffects(all: readonly Partial<ContainerEffects>[]): ContainerEffects {
  const joined = noEffects();
  joined.dockerSocket = all.some((one) => one.dockerSocket === true);
  joined.privileged = all.some((one) => one.privileged === true);
  for (const list of EFFECT_LISTS) joined[list] = [...new Set(all.flatMap((one) => one[list] ?? []))];
  return joined;
}
