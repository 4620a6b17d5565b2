/**
 * Effects of containers outside themselves, as lists of short values. Everything that Compose or metadata.json can
 * request from a host belongs to one of these lists, or to `Capabilities.unknown`.
 */
export type ContainerEffects = {
  /**
   * References of images that run, or whose files are mounted; `${DESKTOP_PLUGIN_IMAGE}` is the extension's own
   * image.
   */
  backendImages: string[];
  dockerSocket: boolean;
  /** Paths on the Docker host. `./…` is relative to the compose file, `~` is the user's home. */
  hostPaths: string[];
  privileged: boolean;
  /** Linux capabilities without `CAP_`: `SYS_ADMIN`, `ALL`. */
  addedCapabilities: string[];
  /** Settings that loosen or change a container's confinement: `seccomp=unconfined`, `sysctl net.core.somaxconn=1024`. */
  securityOptions: string[];
  /** Namespaces shared with the host: `network`, `pid`, `ipc`, `user`, `uts`, `cgroup`. */
  hostNamespaces: string[];
  devices: string[];
  /** Published ports: `8080`, `127.0.0.1:8080/udp`, or `any port for 80`. */
  publishedPorts: string[];
  /** Resources that others can use or have created: `volume portainer_data`, `network proxy`, `container db`. */
  sharedResources: string[];
  /** Programs that Compose starts on the host. */
  hostCommands: string[];
  /** Host environment variables that containers can read. */
  hostEnvironment: string[];
  /** Models of Docker Model Runner. */
  models: string[];
};

/** The names in `ContainerEffects`, in display order. */
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

/** The effects that are lists. */
export const EFFECT_LISTS = EFFECT_NAMES.filter(isList);

function isList(name: (typeof EFFECT_NAMES)[number]): name is EffectList {
  return Array.isArray(noEffects()[name]);
}

/** The effects of containers that access nothing outside themselves. */
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
 * The union of effects. Lists keep the order of first mention. Effects that older releases stored lack some lists.
 */
export function joinEffects(all: readonly Partial<ContainerEffects>[]): ContainerEffects {
  const joined = noEffects();
  joined.dockerSocket = all.some((one) => one.dockerSocket === true);
  joined.privileged = all.some((one) => one.privileged === true);
  for (const list of EFFECT_LISTS) joined[list] = [...new Set(all.flatMap((one) => one[list] ?? []))];
  return joined;
}
