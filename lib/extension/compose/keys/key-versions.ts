/**
 * A key, or a value of a key (`key=value`), and the first Docker Compose that has it. Older releases reject the whole
 * file, or ignore the key. Only keys with a source are listed; `*` is any name.
 */
export type KeyVersion = { key: string; since: string; source: string };

const NOTES = "https://docs.docker.com/compose/releases/release-notes/";
const REFERENCE = "https://docs.docker.com/reference/compose-file/";

const RELEASES = "https://github.com/docker/compose/releases/tag/v";

/** A new key that a project uses. `at`: the first place; `count`: the number of places. */
export type NewKey = { key: string; at: string; since: string; count: number };

/** By key. At most one for each row of the table. */
export type NewKeys = Map<string, NewKey>;

/** Keys newer than Docker Compose 2.5.0, the one in Docker Desktop 4.8.0, the first with extensions. */
export const KEY_VERSIONS: readonly KeyVersion[] = [
  { key: "include", since: "2.20.0", source: `${NOTES}#2200` },
  { key: "models", since: "2.38.0", source: `${RELEASES}2.38.0` },
  { key: "configs.*.content", since: "2.23.1", source: `${REFERENCE}configs/` },
  { key: "configs.*.environment", since: "2.23.1", source: `${REFERENCE}configs/` },
  { key: "networks.*.enable_ipv4", since: "2.33.1", source: `${NOTES}#2331` },
  { key: "services.*.annotations", since: "2.26.0", source: `${NOTES}#2260` },
  { key: "services.*.attach", since: "2.20.0", source: `${NOTES}#2200` },
  { key: "services.*.build.additional_contexts", since: "2.17.0", source: `${NOTES}#2170` },
  { key: "services.*.build.dockerfile_inline", since: "2.17.0", source: `${REFERENCE}build/` },
  { key: "services.*.build.entitlements", since: "2.27.0", source: `${NOTES}#2270` },
  { key: "services.*.build.privileged", since: "2.15.0", source: `${NOTES}#2150` },
  { key: "services.*.build.ulimits", since: "2.23.1", source: `${REFERENCE}build/#ulimits` },
  { key: "services.*.cgroup", since: "2.15.0", source: `${REFERENCE}services/#cgroup` },
  { key: "services.*.depends_on.*.required", since: "2.20.0", source: `${REFERENCE}services/#depends_on` },
  { key: "services.*.depends_on.*.restart", since: "2.17.0", source: `${NOTES}#2170` },
  { key: "services.*.develop", since: "2.22.0", source: `${REFERENCE}develop/` },
  { key: "services.*.develop.watch.exec", since: "2.32.2", source: `${REFERENCE}develop/#exec` },
  { key: "services.*.develop.watch.include", since: "2.34.0", source: `${NOTES}#2340` },
  { key: "services.*.env_file.format", since: "2.30.0", source: `${REFERENCE}services/#format` },
  { key: "services.*.env_file.path", since: "2.24.0", source: `${REFERENCE}services/#required` },
  {
    key: "services.*.gpus",
    since: "2.30.0",
    source: "https://github.com/compose-spec/compose-go/pull/693, first in the compose-go of 2.30.0",
  },
  {
    key: "services.*.healthcheck.start_interval",
    since: "2.20.2",
    source: `${REFERENCE}services/#healthcheck`,
  },
  { key: "services.*.label_file", since: "2.32.2", source: `${REFERENCE}services/#label_file` },
  { key: "services.*.models", since: "2.38.0", source: `${RELEASES}2.38.0` },
  { key: "services.*.networks.*.driver_opts", since: "2.27.1", source: `${REFERENCE}services/#driver_opts` },
  { key: "services.*.networks.*.gw_priority", since: "2.33.1", source: `${NOTES}#2331` },
  { key: "services.*.networks.*.interface_name", since: "2.36.0", source: `${RELEASES}2.36.0` },
  { key: "services.*.networks.*.mac_address", since: "2.23.2", source: `${REFERENCE}services/#mac_address` },
  { key: "services.*.oom_score_adj", since: "2.14.0", source: `${NOTES}#2140` },
  { key: "services.*.ports.app_protocol", since: "2.26.0", source: `${REFERENCE}services/#long-syntax-3` },
  { key: "services.*.post_start", since: "2.30.0", source: `${NOTES}#2300` },
  { key: "services.*.pre_stop", since: "2.30.0", source: `${NOTES}#2300` },
  { key: "services.*.provider", since: "2.36.0", source: `${RELEASES}2.36.0` },
  { key: "services.*.pull_policy=daily", since: "2.34.0", source: `${NOTES}#2340` },
  { key: "services.*.pull_policy=every", since: "2.34.0", source: `${NOTES}#2340` },
  { key: "services.*.pull_policy=weekly", since: "2.34.0", source: `${NOTES}#2340` },
  { key: "services.*.storage_opt", since: "2.24.4", source: `${NOTES}#2244` },
  { key: "services.*.use_api_socket", since: "2.37.2", source: `${RELEASES}2.37.2` },
  { key: "services.*.uts", since: "2.15.1", source: `${NOTES}#2151` },
  { key: "services.*.volumes.image", since: "2.35.0", source: `${REFERENCE}services/#long-syntax-6` },
  { key: "services.*.volumes.tmpfs.mode", since: "2.14.0", source: `${NOTES}#2140` },
  { key: "services.*.volumes.type=image", since: "2.35.0", source: `${NOTES}#2350` },
];
