/** `npm run docs`: writes docs/errors.md from the table of error codes. A test holds the two together. */

import { writeFileSync } from "node:fs";
import { errorsDocument } from "@/scripts/errors-document";

writeFileSync("docs/errors.md", errorsDocument());
