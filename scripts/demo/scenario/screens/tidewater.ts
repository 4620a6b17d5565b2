import type { Screenshot } from "@/scripts/demo/scenario/extension";
import { screen } from "@/scripts/demo/scenario/screens/screen";
import { tableView, treeView } from "@/scripts/demo/scenario/screens/views";

export const NET_PROBE_SCREENS: Screenshot[] = [
  {
    name: "connections",
    alt: "Connections between containers, with the reason where one fails",
    svg: screen({
      title: "Connections",
      lead: "shop-backend · 5 services · live",
      accent: "#0369a1",
      places: ["Connections", "Recordings", "Names", "Certificates"],
      view: tableView(
        [
          ["From", 0],
          ["To", 0.22],
          ["Requests", 0.48],
          ["What happens", 0.64],
        ],
        [
          ["good", "web", "api:8000", "41 a second", "fine"],
          ["good", "api", "db:5432", "188 a second", "fine"],
          ["bad", "api", "stock:9000", "0", "no listener on 9000"],
          ["bad", "worker", "mial:1025", "0", "the name does not resolve"],
          ["warn", "api", "pay.example:443", "2 a second", "certificate ends in 3 days"],
        ],
      ),
    }),
  },
];

export const CLUSTER_COMPASS_SCREENS: Screenshot[] = [
  {
    name: "attention",
    alt: "What needs attention in the chosen cluster",
    svg: screen({
      title: "staging · 3 things need attention",
      lead: "Read-only mode",
      accent: "#fbbf24",
      places: ["Attention", "Workloads", "Network", "Storage", "Events"],
      dark: true,
      view: tableView(
        [
          ["Workload", 0],
          ["Namespace", 0.32],
          ["What", 0.54],
          ["Since", 0.86],
        ],
        [
          ["bad", "checkout", "shop", "CrashLoopBackOff", "12 min"],
          ["warn", "search", "shop", "1 of 3 replicas", "1 h"],
          ["warn", "ingress", "edge", "certificate ends soon", "2 days"],
          ["good", "mail", "shop", "recovered", "today"],
        ],
      ),
    }),
  },
  {
    name: "path",
    alt: "From a failing pod to the change that broke it",
    svg: screen({
      title: "Why does checkout fail?",
      lead: "The key STOCK_URL is missing since the last change of its config map.",
      accent: "#1e3a5f",
      places: ["Path", "Attention", "Workloads", "Network", "Storage"],
      view: treeView([
        [0.5, 0, "checkout-7d9f", "CrashLoopBackOff", undefined, "bad"],
        [0.5, 0.32, "Deployment checkout", "3 replicas", 0],
        [0.18, 0.66, "Config map", "changed 14 min ago", 1, "warn"],
        [0.82, 0.66, "Image 2.4.1", "unchanged", 1, "good"],
        [0.18, 1, "Commit 4e1b07a", "“tidy up the settings”", 2],
      ]),
    }),
  },
];
