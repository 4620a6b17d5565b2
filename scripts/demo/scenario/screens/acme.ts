import type { Screenshot } from "@/scripts/demo/scenario/extension";
import { screen } from "@/scripts/demo/scenario/screens/screen";
import { blocksView, tableView } from "@/scripts/demo/scenario/screens/views";

const LENS_PLACES = ["Map", "Images", "Volumes", "Build cache", "Rules"];
const LENS_MAP = blocksView([
  [0, 0, 0.46, 0.62, "Images", "41.2 GB · 118"],
  [0.46, 0, 0.3, 0.62, "Build cache", "22.7 GB"],
  [0.76, 0, 0.24, 0.36, "postgres-data", "9.1 GB"],
  [0.76, 0.36, 0.24, 0.26, "kafka-logs", "5.4 GB"],
  [0, 0.62, 0.3, 0.38, "node_modules", "7.8 GB"],
  [0.3, 0.62, 0.26, 0.38, "minio", "4.9 GB"],
  [0.56, 0.62, 0.22, 0.38, "Containers", "3.2 GB"],
  [0.78, 0.62, 0.22, 0.38, "Logs", "1.1 GB"],
]);

export const DISK_LENS_SCREENS: Screenshot[] = [
  {
    name: "map",
    alt: "The map: images, volumes and build cache by size",
    svg: screen({
      title: "95.4 GB of 128 GB",
      lead: "Largest first. Choose a block to see what is in it.",
      accent: "#2f5fd0",
      places: LENS_PLACES,
      view: LENS_MAP,
    }),
  },
  {
    name: "volumes",
    alt: "Volumes with the project that used them last",
    svg: screen({
      title: "Volumes",
      lead: "7 volumes, 2 of them without a container.",
      accent: "#2f5fd0",
      places: ["Volumes", "Map", "Images", "Build cache", "Rules"],
      view: tableView(
        [
          ["Name", 0],
          ["Size", 0.34],
          ["Project", 0.5],
          ["Mounted last", 0.76],
        ],
        [
          ["good", "postgres-data", "9.1 GB", "shop-backend", "now"],
          ["good", "kafka-logs", "5.4 GB", "shop-backend", "now"],
          ["good", "minio", "4.9 GB", "media-library", "2 hours ago"],
          ["good", "grafana", "380 MB", "observability", "yesterday"],
          ["warn", "mysql-2023", "2.6 GB", "–", "8 months ago"],
          ["good", "redis-cache", "96 MB", "shop-backend", "now"],
          ["warn", "tmp-import", "1.8 GB", "–", "a year ago"],
        ],
      ),
    }),
  },
  {
    name: "map-dark",
    alt: "The same map in dark mode",
    svg: screen({
      title: "95.4 GB of 128 GB",
      lead: "Largest first. Choose a block to see what is in it.",
      accent: "#6d95f2",
      places: LENS_PLACES,
      dark: true,
      view: LENS_MAP,
    }),
  },
];

export const PORT_MAP_SCREENS: Screenshot[] = [
  {
    name: "ports",
    alt: "Published ports and what answers there",
    svg: screen({
      title: "Ports",
      lead: "9 ports, 1 of them open to the whole network.",
      accent: "#0f766e",
      places: ["Ports", "Conflicts", "History"],
      view: tableView(
        [
          ["Port", 0],
          ["Container", 0.16],
          ["Project", 0.46],
          ["Answers with", 0.72],
        ],
        [
          ["good", "3000", "shop-web", "shop-backend", "HTTP 200"],
          ["good", "5432", "shop-db", "shop-backend", "PostgreSQL 16"],
          ["warn", "6379", "shop-cache", "shop-backend", "Redis, open to all"],
          ["good", "8025", "mail", "shop-backend", "HTTP 200"],
          ["bad", "8080", "java (process 4121)", "–", "taken"],
          ["good", "9090", "prometheus", "observability", "HTTP 302"],
        ],
      ),
    }),
  },
];

export const VOLUME_VAULT_SCREENS: Screenshot[] = [
  {
    name: "snapshots",
    alt: "Snapshots of a volume, newest first",
    svg: screen({
      title: "postgres-data",
      lead: "A snapshot each night, and one before each “docker compose down”.",
      accent: "#5a5fd0",
      places: ["Snapshots", "Schedules", "Archives", "Settings"],
      dark: true,
      view: tableView(
        [
          ["Taken", 0],
          ["Because of", 0.26],
          ["New blocks", 0.58],
          ["State", 0.78],
        ],
        [
          ["good", "Today, 02:00", "Schedule “nightly”", "84 MB", "Encrypted"],
          ["good", "Yesterday, 17:41", "docker compose down", "12 MB", "Encrypted"],
          ["good", "Yesterday, 02:00", "Schedule “nightly”", "91 MB", "Encrypted"],
          ["warn", "18 November, 02:00", "Schedule “nightly”", "0 MB", "Nothing new"],
          ["good", "17 November, 11:08", "Ada, by hand", "340 MB", "Mounted to look"],
        ],
      ),
    }),
  },
];
