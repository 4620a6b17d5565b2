import type { Screenshot } from "@/scripts/demo/scenario/extension";
import { screen } from "@/scripts/demo/scenario/screens/screen";
import { chartView, spansView } from "@/scripts/demo/scenario/screens/views";

const PLACES = ["Builds", "Steps", "Branches", "Builders"];
const ACCENT = "#166534";

export const BUILD_TALLY_SCREENS: Screenshot[] = [
  {
    name: "trend",
    alt: "Minutes of building for each week",
    svg: screen({
      title: "184 minutes this week",
      lead: "A third less than last week: “npm ci” is found in the cache again.",
      accent: ACCENT,
      places: PLACES,
      view: chartView([
        ["36", 0.42],
        ["37", 0.47],
        ["38", 0.44],
        ["39", 0.61],
        ["40", 0.58],
        ["41", 0.72],
        ["42", 0.7],
        ["43", 0.81],
        ["44", 0.86],
        ["45", 0.57],
      ]),
    }),
  },
  {
    name: "steps",
    alt: "The steps of one build, and which of them missed the cache",
    svg: screen({
      title: "shop-web · build 2291",
      lead: "2 min 41 s. Move line 14 of the Dockerfile below line 18.",
      accent: ACCENT,
      places: ["Steps", "Builds", "Branches", "Builders"],
      view: spansView([
        ["FROM node:22", 0, 0.04, "good"],
        ["COPY package.json", 0.04, 0.02, "good"],
        ["RUN npm ci", 0.06, 0.46, "bad"],
        ["COPY . .", 0.52, 0.05, "plain"],
        ["RUN npm run build", 0.57, 0.31, "warn"],
        ["COPY --from=build", 0.88, 0.07, "plain"],
        ["export", 0.95, 0.05, "plain"],
      ]),
    }),
  },
  // The site does not have it: see `gone`.
  { name: "branches", alt: "Two branches compared", svg: "" },
];
