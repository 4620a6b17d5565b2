/** `npm run openapi`: writes the committed copy of the contract, docs/openapi.json. A test keeps it in sync. */

import { writeFileSync } from "node:fs";
import { openApiText } from "@/scripts/openapi-text";

writeFileSync("docs/openapi.json", openApiText());
