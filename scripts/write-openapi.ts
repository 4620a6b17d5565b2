/** `npm run openapi`: writes the committed copy of the contract, docs/openapi.json. A test holds the two together. */

import { writeFileSync } from "node:fs";
import { openApiText } from "@/scripts/openapi-text";

writeFileSync("docs/openapi.json", openApiText());
