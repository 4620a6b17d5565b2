/** `npm run docs`: writes the documents that are generated from tables in the code. Tests keep them in sync. */

import { writeFileSync } from "node:fs";
import { errorsDocument } from "@/scripts/errors-document";
import { findingsDocument } from "@/scripts/findings-document";

writeFileSync("docs/errors.md", errorsDocument());
writeFileSync("docs/findings.md", findingsDocument());
