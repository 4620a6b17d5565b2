import type { Screenshot } from "@/scripts/demo/scenario/extension";
import { screen } from "@/scripts/demo/scenario/screens/screen";
import { tableView, treeView } from "@/scripts/demo/scenario/screens/views";

export const QUERY_BENCH_SCREENS: Screenshot[] = [
  {
    name: "plan",
    alt: "A plan as a tree, with the step that costs most marked",
    svg: screen({
      title: "SELECT … FROM orders JOIN customers",
      lead: "842 ms, of which 91 % in one step. An index on orders.customer_id would help.",
      accent: "#b4531a",
      places: ["Plan", "Queries", "History", "Connections"],
      view: treeView([
        [0.5, 0.02, "Sort", "4 ms"],
        [0.5, 0.28, "Hash join", "31 ms", 0],
        [0.18, 0.56, "Seq scan on orders", "766 ms · 1.9 M rows", 1, "bad"],
        [0.82, 0.56, "Hash", "9 ms", 1],
        [0.82, 0.86, "Index scan on customers", "32 ms · 48 k rows", 3, "good"],
      ]),
    }),
  },
  {
    name: "history",
    alt: "The queries of a project with their time before and after an index",
    svg: screen({
      title: "History",
      lead: "shop-backend · PostgreSQL 16 in “shop-db”",
      accent: "#b4531a",
      places: ["History", "Plan", "Queries", "Connections"],
      view: tableView(
        [
          ["Query", 0],
          ["Before", 0.6],
          ["After", 0.75],
          ["Runs", 0.88],
        ],
        [
          ["good", "orders by customer", "842 ms", "3 ms", "1,204"],
          ["good", "open baskets", "120 ms", "11 ms", "877"],
          ["warn", "report of the month", "6.1 s", "5.8 s", "12"],
          ["good", "search by title", "95 ms", "40 ms", "3,410"],
        ],
      ),
    }),
  },
];

export const SCHEMA_ATLAS_SCREENS: Screenshot[] = [
  {
    name: "atlas",
    alt: "Tables and the keys between them",
    svg: screen({
      title: "shop",
      lead: "31 tables, 44 declared relations, 6 more that queries use.",
      accent: "#9d3c72",
      places: ["Map", "Tables", "Undeclared relations"],
      view: treeView([
        [0.5, 0, "customers", "9 columns"],
        [0.15, 0.32, "orders", "14 columns", 0],
        [0.85, 0.32, "addresses", "11 columns", 0],
        [0, 0.68, "order_lines", "7 columns", 1],
        [0.42, 0.68, "payments", "not declared", 1, "warn"],
        [0, 1, "products", "18 columns", 3],
      ]),
    }),
  },
];
