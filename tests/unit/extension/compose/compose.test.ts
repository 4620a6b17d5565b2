// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so
import { describe, expect, test } from "vitest";
import { type ComposeReading, readCompose } from "@/lib/extension/compose/compose";
import { type ContainerEffects, joinEffects, noEffects } from "@/lib/extension/compose/container-effects";

const OWN = "docker.io/acme/disk-lens@sha256:0";

/** Reads a project; `files` beside the main one by absolute path. Files that are not given are absent. */
function read(main: string, files: Record<string, string> = {}): ComposeReading {
  const all = new Map<string, Uint8Array | "absent">(
    Object.entries({ "/app/compose.yaml": main, ...files }).map(([path, text]) => [path, bytes(text)]),
  );
  for (let round = 0; round < 20; round += 1) {
    const reading = readCompose({ path: "/app/compose.yaml", files: all, ownImage: OWN });
    if (reading.needs.length === 0) return reading;
    for (const path of reading.needs) all.set(path, "absent");
  }
  throw new Error("It asks for files without end.");
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function effectsOf(reading: ComposeReading): ContainerEffects {
  return joinEffects([...reading.services.map(({ effects }) => effects), reading.effects]);
}

/** A project of one service `api` with these lines in it. */
function service(...lines: string[]): string {
  return ["services:", "  api:", "    image: acme/api@sha256:1", ...lines.map((line) => `    ${line}`)].join(
    "\n",
  );
}

const IMAGE = { backendImages: ["acme/api@sha256:1"] };
type Case = [name: string, yaml: string, effects: Partial<ContainerEffects>, unknown?: string[]];

function cases(name: string, list: Case[]): void {
  describe(name, () => {
    test.each(list)("%s", (_, yaml, effects, unknown = []) => {
      const reading = read(yaml);
      expect(effectsOf(reading)).toEqual({ ...noEffects(), ...IMAGE, ...effects });
      expect(reading.unknown).toEqual(unknown);
    });
  });
}

cases("mounts", [
  ["a folder of the host", service("volumes: ['/data:/data']"), { hostPaths: ["/data"] }],
  ["with a mode", service("volumes: ['/data:/data:ro,z']"), { hostPaths: ["/data"] }],
  [
    "the long form",
    service("volumes: [{ type: bind, source: /data, target: /d }]"),
    { hostPaths: ["/data"] },
  ],
  [
    "without dots and doubled slashes",
    service("volumes: ['//data/.//x/../y/:/d']"),
    { hostPaths: ["/data/y"] },
  ],
  ["above the root there is nothing", service("volumes: ['/../../etc:/e']"), { hostPaths: ["/etc"] }],
  ["beside the compose file", service("volumes: ['./data:/d']"), { hostPaths: ["./app/data"] }],
  [
    "out of the extension",
    service("volumes: ['../../x:/d']"),
    { hostPaths: ["../x"] },
    ["services.api.volumes[0]"],
  ],
  ["the home folder", service("volumes: ['~/.ssh:/s']"), { hostPaths: ["~/.ssh"] }],
  [
    "the home folder by its variable",
    service("volumes: ['${HOME}/.ssh:/s']"),
    { hostPaths: ["~/.ssh"], hostEnvironment: ["HOME"] },
  ],
  ["a Windows folder", service("volumes: ['C:\\data\\x:/d:rw']"), { hostPaths: ["C:/data/x"] }],
  ["a volume by name", `${service("volumes: ['data:/d']")}\nvolumes: { data: {} }`, {}],
  ["a volume without a name", service("volumes: [/d]"), {}],
  ["a volume in the long form", service("volumes: [{ type: volume, source: data, target: /d }]"), {}],
  ["memory only", service("volumes: [{ type: tmpfs, target: /d }]", "tmpfs: /run"), {}],
  [
    "files of another image",
    service("volumes: [{ type: image, source: acme/x, target: /d }]"),
    { backendImages: ["acme/x", ...IMAGE.backendImages] },
  ],
  [
    "shared propagation",
    service("volumes: ['/data:/d:rshared']"),
    { hostPaths: ["/data"], securityOptions: ["mount propagation rshared"] },
  ],
  [
    "a kind that nobody knows",
    service("volumes: [{ type: magic, source: /x, target: /d }]"),
    {},
    ["services.api.volumes[0].type"],
  ],
  ["too many colons", service("volumes: ['/a:/b:ro:x']"), {}, ["services.api.volumes[0]"]],
  [
    "a source that nobody sets",
    service("volumes: ['${DATA}:/d']"),
    { hostPaths: ["${DATA}"], hostEnvironment: ["DATA"] },
    ["services.api.volumes[0]"],
  ],
  [
    "a source with a default",
    service("volumes: ['${DATA:-/srv}:/d']"),
    { hostPaths: ["/srv"], hostEnvironment: ["DATA"] },
  ],
]);

const SOCKET = { dockerSocket: true };
cases("the engine's socket", [
  ["as everybody writes it", service("volumes: ['/var/run/docker.sock:/var/run/docker.sock']"), SOCKET],
  ["by its real place", service("volumes: ['/run/docker.sock:/x']"), SOCKET],
  ["with a doubled slash", service("volumes: ['//var/run/docker.sock:/x']"), SOCKET],
  ["round a corner", service("volumes: ['/var/lib/../run/./docker.sock:/x:ro']"), SOCKET],
  ["Docker Desktop's raw one", service("volumes: ['/var/run/docker.raw.sock:/x']"), SOCKET],
  ["the one for extensions", service("volumes: ['/run/host-services/docker.proxy.sock:/x']"), SOCKET],
  ["below the machine's own files", service("volumes: ['/host_mnt/var/run/docker.sock:/x']"), SOCKET],
  [
    "in the long form",
    service("volumes: [{ type: bind, source: /var/run/docker.sock, target: /x }]"),
    SOCKET,
  ],
  ["as a named pipe", service("volumes: ['//./pipe/docker_engine://./pipe/docker_engine']"), SOCKET],
  [
    "as a named pipe of Windows",
    service("volumes: [{ type: npipe, source: '\\\\.\\pipe\\docker_engine', target: x }]"),
    SOCKET,
  ],
  ["containerd's", service("volumes: ['/run/containerd/containerd.sock:/x']"), SOCKET],
  ["in its folder", service("volumes: ['/var/run:/x']"), { ...SOCKET, hostPaths: ["/var/run"] }],
  ["in the whole host", service("volumes: ['/:/host']"), { ...SOCKET, hostPaths: ["/"] }],
  ["in the host's variable data", service("volumes: ['/var/:/host']"), { ...SOCKET, hostPaths: ["/var"] }],
  ["in a home folder", service("volumes: ['~:/home']"), { ...SOCKET, hostPaths: ["~"] }],
  [
    "in somebody's home folder",
    service("volumes: ['/Users/ann:/home']"),
    { ...SOCKET, hostPaths: ["/Users/ann"] },
  ],
  ["in a drive", service("volumes: ['C:\\:/c']"), { ...SOCKET, hostPaths: ["C:/"] }],
  [
    "through a process of the host",
    service("volumes: ['/proc/1/root/run:/x']"),
    { ...SOCKET, hostPaths: ["/proc/1/root/run"] },
  ],
  ["by a switch", service("use_api_socket: true"), SOCKET],
  [
    "through another process",
    service("volumes: ['/proc/4711/root/:/x']"),
    { ...SOCKET, hostPaths: ["/proc/4711/root"] },
  ],
  ["in the list of processes", service("volumes: ['/proc:/x']"), { ...SOCKET, hostPaths: ["/proc"] }],
  ["in what Windows shares", service("volumes: ['/mnt/wsl:/x']"), { ...SOCKET, hostPaths: ["/mnt/wsl"] }],
  ["in a folder beside it there is none", service("volumes: ['/var/lib:/x']"), { hostPaths: ["/var/lib"] }],
  [
    "in a folder of one project there is none",
    service("volumes: ['/Users/ann/work:/x']"),
    { hostPaths: ["/Users/ann/work"] },
  ],
  [
    "by a variable with a default",
    service("volumes: ['${SOCK:-/var/run/docker.sock}:/x']"),
    { ...SOCKET, hostEnvironment: ["SOCK"] },
  ],
  [
    "by a merge key",
    `x-base: &base { volumes: ['/var/run/docker.sock:/x'] }\n${service("<<: *base")}`,
    SOCKET,
  ],
  [
    "under the name of a volume",
    `${service("volumes: ['v:/x']")}\nvolumes: { v: { driver_opts: { type: none, o: bind, device: /var/run } } }`,
    { ...SOCKET, hostPaths: ["/var/run"] },
  ],
  [
    "hidden in base64",
    service("volumes: [!!binary L3Zhci9ydW4vZG9ja2VyLnNvY2s6L3g=]"),
    SOCKET,
    ["services.api.volumes[0]"],
  ],
]);

cases("volumes, networks, secrets", [
  [
    "a folder as a volume",
    `${service()}\nvolumes: { v: { driver: local, driver_opts: { o: "bind,rw", device: /data } } }`,
    { hostPaths: ["/data"] },
  ],
  [
    "a disk as a volume",
    `${service()}\nvolumes: { v: { driver_opts: { type: ext4, device: /dev/sda1 } } }`,
    { hostPaths: ["/dev/sda1"] },
    ["volumes.v.driver_opts"],
  ],
  ["memory as a volume", `${service()}\nvolumes: { v: { driver_opts: { type: tmpfs, device: tmpfs } } }`, {}],
  [
    "a network share",
    `${service()}\nvolumes: { v: { driver_opts: { type: nfs, o: addr=10.0.0.1, device: ":/x" } } }`,
    { sharedResources: ["network share :/x"] },
  ],
  ["a driver of somebody", `${service()}\nvolumes: { v: { driver: rexray } }`, {}, ["volumes.v.driver"]],
  [
    "somebody's volume",
    `${service()}\nvolumes: { v: { external: true, name: portainer_data } }`,
    { sharedResources: ["volume portainer_data"] },
  ],
  [
    "somebody's volume, as once written",
    `${service()}\nvolumes: { v: { external: { name: old } } }`,
    { sharedResources: ["volume old"] },
  ],
  [
    "a volume with a fixed name",
    `${service()}\nvolumes: { v: { name: fixed } }`,
    { sharedResources: ["volume fixed"] },
  ],
  [
    "the host's network by name",
    `${service()}\nnetworks: { n: { external: true, name: host } }`,
    { hostNamespaces: ["network"] },
  ],
  [
    "a network card of the host",
    `${service()}\nnetworks: { n: { driver: macvlan } }`,
    { hostNamespaces: ["network (macvlan)"] },
  ],
  [
    "somebody's network",
    `${service()}\nnetworks: { n: { external: true } }`,
    { sharedResources: ["network n"] },
  ],
  [
    "a secret from a file of the host",
    `${service()}\nsecrets: { s: { file: /etc/shadow } }`,
    { hostPaths: ["/etc/shadow"] },
  ],
  ["a secret from a file of its own", `${service()}\nsecrets: { s: { file: ./s.txt } }`, {}],
  [
    "a secret from the host's environment",
    `${service()}\nsecrets: { s: { environment: TOKEN } }`,
    { hostEnvironment: ["TOKEN"] },
  ],
  ["a config in the file itself", `${service()}\nconfigs: { c: { content: x } }`, {}],
  ["a model", `${service("models: [m]")}\nmodels: { m: { model: ai/smollm2 } }`, { models: ["ai/smollm2"] }],
]);

cases("what a service may ask for", [
  ["privileges", service("privileged: true"), { privileged: true }],
  ["privileges as a text", service('privileged: "Yes"'), { privileged: true }],
  ["no privileges", service("privileged: false"), {}],
  [
    "privileges that depend on a variable",
    service("privileged: ${P}"),
    { hostEnvironment: ["P"] },
    ["services.api.privileged"],
  ],
  [
    "kernel capabilities",
    service("cap_add: [sys_admin, CAP_NET_ADMIN]", "cap_drop: [ALL]"),
    { addedCapabilities: ["SYS_ADMIN", "NET_ADMIN"] },
  ],
  [
    "the host's namespaces",
    service("network_mode: host", "pid: host", "ipc: host", "uts: host", "userns_mode: host", "cgroup: host"),
    { hostNamespaces: ["network", "pid", "ipc", "uts", "user", "cgroup"] },
  ],
  [
    "a namespace of another service",
    service("network_mode: service:db", "pid: service:db", "ipc: shareable"),
    {},
  ],
  [
    "a namespace of somebody's container",
    service("network_mode: container:db", "volumes_from: [container:data:ro]", "external_links: [redis:r]"),
    { sharedResources: ["container db", "container data", "container redis"] },
  ],
  [
    "devices",
    service("devices: ['/dev/kvm:/dev/kvm:rwm', nvidia.com/gpu=all]", "device_cgroup_rules: ['c 1:3 mr']"),
    { devices: ["/dev/kvm", "nvidia.com/gpu=all", "c 1:3 mr"] },
  ],
  [
    "a device in the long form",
    service("devices: [{ source: /dev/kvm, target: /k }]"),
    { devices: ["/dev/kvm"] },
  ],
  ["all GPUs", service("gpus: all"), { devices: ["GPU"] }],
  [
    "reserved GPUs",
    service(
      "deploy: { resources: { reservations: { devices: [{ driver: nvidia, count: 1, capabilities: [gpu] }] } } }",
    ),
    { devices: ["GPU (nvidia)"] },
  ],
  [
    "no confinement",
    service("security_opt: ['seccomp:unconfined', apparmor=unconfined, 'no-new-privileges:true']"),
    { securityOptions: ["seccomp=unconfined", "apparmor=unconfined"] },
  ],
  [
    "kernel settings and groups",
    service("sysctls: { net.core.somaxconn: 1024 }", "group_add: [docker]", "runtime: nvidia"),
    { securityOptions: ["sysctl net.core.somaxconn=1024", "group docker", "runtime nvidia"] },
  ],
  ["a hook with privileges", service("post_start: [{ command: x, privileged: true }]"), { privileged: true }],
  [
    "a program of the host",
    "services:\n  api:\n    provider: { type: model }",
    { backendImages: [], hostCommands: ["model"] },
  ],
  ["a variable of the host", service("environment: [TOKEN, A=b]"), { hostEnvironment: ["TOKEN"] }],
  [
    "a variable of the host in an object",
    service("environment: { TOKEN: , A: b, B: '${C}' }"),
    { hostEnvironment: ["TOKEN", "C"] },
  ],
  [
    "an image built at the user's",
    "services:\n  api:\n    build: .",
    { backendImages: [] },
    ["services.api.build"],
  ],
  ["a key that nobody knows", service("magic: true", "x-note: fine"), {}, ["services.api.magic"]],
  ["a service that is no object", "services:\n  api: run", { backendImages: [] }, ["services.api"]],
  [
    "its own image",
    "services:\n  api:\n    image: ${DESKTOP_PLUGIN_IMAGE}",
    { backendImages: ["${DESKTOP_PLUGIN_IMAGE}"] },
  ],
  [
    "an image that nobody can name",
    "services:\n  api:\n    image: acme/${NAME}",
    { backendImages: ["acme/${NAME}"], hostEnvironment: ["NAME"] },
    ["services.api.image"],
  ],
  ["develop and its watching", service("develop: { watch: [] }"), {}],
]);

cases("ports", [
  ["published", service("ports: ['8080:80', '53:53/udp']"), { publishedPorts: ["8080", "53/udp"] }],
  [
    "on one address",
    service("ports: ['127.0.0.1:8080:80', '[::1]:81:80']"),
    { publishedPorts: ["127.0.0.1:8080", "[::1]:81"] },
  ],
  ["on any", service("ports: [80, '0.0.0.0:81:80']"), { publishedPorts: ["any port for 80", "81"] }],
  ["a range", service("ports: ['3000-3005:3000-3005']"), { publishedPorts: ["3000-3005"] }],
  [
    "the long form",
    service("ports: [{ target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp }]"),
    { publishedPorts: ["127.0.0.1:8080/udp"] },
  ],
  [
    "nonsense",
    service("ports: ['a:b:c:d:e', { published: 1 }]"),
    {},
    ["services.api.ports[0]", "services.api.ports[1]"],
  ],
  [
    "a port with a default",
    service('ports: ["${PORT:-8080}:80"]'),
    { publishedPorts: ["8080"], hostEnvironment: ["PORT"] },
  ],
]);

describe("several files", () => {
  const BASE =
    "services:\n  base:\n    image: acme/base\n    privileged: true\n    volumes: ['./d:/d', /a:/x]\n";

  test("a service extends one of another file, whose relative paths stay true", () => {
    const reading = read(
      service("extends: { file: ../base/base.yaml, service: base }", "volumes: [/own:/x]"),
      {
        "/base/base.yaml": BASE,
      },
    );
    expect(reading.services).toHaveLength(1);
    expect(effectsOf(reading)).toEqual({
      ...noEffects(),
      ...IMAGE,
      privileged: true,
      hostPaths: ["./base/d", "/own"],
    });
    expect(reading.unknown).toEqual([]);
  });

  test("a service extends one of its own file, and takes back what it says itself", () => {
    const reading = read(`${BASE}  api:\n    extends: base\n    privileged: false\n    image: acme/own\n`);
    expect(reading.services.map(({ name, image, effects }) => [name, image, effects.privileged])).toEqual([
      ["base", "acme/base", true],
      ["api", "acme/own", false],
    ]);
  });

  test.each([
    ["that is not there", "extends: { service: nobody }", {}],
    ["of a file that is not in the image", "extends: { file: ./gone.yaml, service: x }", {}],
    ["of the host's file", "extends: { file: /etc/base.yaml, service: x }", {}],
    [
      "in a circle",
      "extends: { file: ./a.yaml, service: a }",
      { "/app/a.yaml": "services: { a: { extends: { file: ./a.yaml, service: a } } }" },
    ],
  ])("a service %s is not understood", (_, line, files: Record<string, string>) => {
    expect(read(service(line), files).unknown.join()).toContain(".extends");
  });

  test("an included project counts in full, with env files and a folder of its own", () => {
    const reading = read(
      `include: [{ path: sub/c.yaml, env_file: sub/e.env, project_directory: ./other }]\n${service()}`,
      {
        "/app/sub/c.yaml": "services: { db: { image: 'acme/db:${TAG}', volumes: ['./d:/d'] } }",
        "/app/sub/e.env": "# tag\nexport TAG='1.2' # now\nPASSED\n",
      },
    );
    expect(effectsOf(reading)).toEqual({
      ...noEffects(),
      backendImages: ["acme/api@sha256:1", "acme/db:1.2"],
      hostPaths: ["./app/other/d"],
      hostEnvironment: ["PASSED"],
    });
  });

  test.each([
    "oci://acme/compose:1",
    "https://example.com/c.yaml",
    "git@host:x.git",
    "${WHERE}",
    "/etc/compose.yaml",
  ])("include: %s is not understood", (path) => {
    expect(read(`include: ['${path}']\n${service()}`).unknown).toContain("include[0].path");
  });

  test(".env beside the compose file sets variables; it is asked for only where one is used", () => {
    const reading = read("services: { api: { image: '${IMAGE}' } }", {
      "/app/.env": 'IMAGE="acme/${NAME:-x}"',
    });
    expect(reading.services[0]?.image).toBe("acme/x");
    expect(
      readCompose({ path: "/c.yaml", files: new Map([["/c.yaml", bytes(service())]]), ownImage: OWN }).needs,
    ).toEqual([]);
    const asked = readCompose({
      path: "/c.yaml",
      files: new Map([["/c.yaml", bytes("name: $X")]]),
      ownImage: OWN,
    });
    expect(asked.needs).toEqual(["/.env"]);
  });

  test("a service's env file shows which variables of the host it takes", () => {
    const reading = read(service("env_file: [{ path: a.env, required: false }, b.env]"), {
      "/app/b.env": "A=$SECRET",
    });
    expect(effectsOf(reading).hostEnvironment).toEqual(["SECRET"]);
    expect(reading.unknown).toEqual([]);
  });

  test("a file that could not be had, or is no YAML, is not understood as a whole", () => {
    const given = (file: Uint8Array | "absent" | "unreadable") =>
      readCompose({ path: "/c.yaml", files: new Map([["/c.yaml", file]]), ownImage: OWN });
    for (const file of [
      "absent",
      "unreadable",
      bytes("a: [b"),
      bytes("- x"),
      bytes("a: b\n---\nc: d"),
      new Uint8Array([0xff]),
    ] as const) {
      expect(given(file)).toMatchObject({ needs: [], services: [], unknown: ["compose file"] });
      expect(given(file).findings).toHaveLength(1);
    }
  });

  test("no more than 16 files are asked for", () => {
    const paths = Array.from({ length: 40 }, (_, index) => `f${index}.yaml`);
    const reading = readCompose({
      path: "/c.yaml",
      files: new Map([["/c.yaml", bytes(`include: [${paths.join(", ")}]`)]]),
      ownImage: OWN,
    });
    expect(reading.needs).toHaveLength(15);
    expect(reading.findings.map(({ code }) => code)).toContain("compose_limit");
  });
});
