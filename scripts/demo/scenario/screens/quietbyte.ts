import type { Screenshot } from "@/scripts/demo/scenario/extension";
import { screen } from "@/scripts/demo/scenario/screens/screen";
import { spansView, tableView } from "@/scripts/demo/scenario/screens/views";

export const SECRET_SWEEP_SCREENS: Screenshot[] = [
  {
    name: "report",
    alt: "What was found in an image, with the line that brought it in",
    svg: screen({
      title: "shop-web:1.8.0",
      lead: "3 findings in 14 layers; one of them in a file that was deleted later.",
      accent: "#b42323",
      places: ["Report", "Images", "Rules", "Ignored"],
      view: tableView(
        [
          ["What", 0],
          ["Where", 0.3],
          ["Layer", 0.68],
          ["Line", 0.86],
        ],
        [
          ["bad", "Private key", "/root/.ssh/id_ed25519", "4, deleted in 9", "COPY"],
          ["bad", "Access key", "/app/.env", "11", "COPY"],
          ["warn", "Password in a URL", "history", "12", "RUN"],
          ["good", "Certificate", "/etc/ssl/certs", "1", "FROM"],
        ],
      ),
    }),
  },
];

export const TRACE_LANTERN_SCREENS: Screenshot[] = [
  {
    name: "trace",
    alt: "One request with its spans",
    svg: screen({
      title: "POST /checkout",
      lead: "1.24 s. Most of it waits for the stock service.",
      accent: "#8b5cf6",
      places: ["Trace", "Stream", "Services", "Searches"],
      dark: true,
      view: spansView([
        ["gateway", 0, 1],
        ["checkout", 0.03, 0.94],
        ["basket: read", 0.05, 0.08, "good"],
        ["stock: reserve", 0.14, 0.62, "bad"],
        ["stock-db: SELECT", 0.2, 0.53, "warn"],
        ["payment: authorize", 0.77, 0.14, "good"],
        ["mail: queue", 0.92, 0.04, "good"],
      ]),
    }),
  },
  {
    name: "stream",
    alt: "Logs of all containers in one stream",
    svg: screen({
      title: "Stream",
      lead: "4 containers · level warn and above",
      accent: "#5b21b6",
      places: ["Stream", "Trace", "Services", "Searches"],
      view: tableView(
        [
          ["Time", 0],
          ["Service", 0.16],
          ["Message", 0.34],
        ],
        [
          ["bad", "09:41:07", "stock", "reserve: lock wait timeout exceeded"],
          ["warn", "09:41:07", "checkout", "stock answered after 770 ms"],
          ["warn", "09:41:12", "gateway", "slow request POST /checkout (1.24 s)"],
          ["bad", "09:42:30", "mail", "connection refused: smtp:1025"],
          ["warn", "09:42:31", "mail", "trying again in 2 s"],
        ],
      ),
    }),
  },
];
