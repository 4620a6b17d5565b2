import { openApiDocument } from "@/lib/api/openapi/document";
import { ROUTES } from "@/lib/api/table";

/** The OpenAPI document in the form that is committed. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(ROUTES), null, 2)}\n`;
}
