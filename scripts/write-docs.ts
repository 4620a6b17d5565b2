/** `npm run docs`: writes the documents that tables of the code make. Tests hold them together. */

import { writeFileSync } from "node:fs";
import { errorsDocument } from "@/scripts/errors-document";
import { findingsDocument } from "@/scripts/findings-document";

writeFileSync("docs/errors.md", errorsDocument());
writeFileSync("docs/findings.md", findingsDocument());
