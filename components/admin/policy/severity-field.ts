/** What the name of a field begins with that sets how the policy answers one finding. */
export const SEVERITY_FIELD = "severity:";
