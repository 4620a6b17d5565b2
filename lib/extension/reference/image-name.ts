/** An image reference without tag and digest: `host:5000/acme/api:1.2@sha256:…` → `host:5000/acme/api`. */
export function imageName(reference: string): string {
  const [name = ""] = reference.split("@");
  const lastPart = name.slice(name.lastIndexOf("/") + 1);
  const colon = lastPart.indexOf(":");
  return colon === -1 || name.includes("$") ? name : name.slice(0, name.length - lastPart.length + colon);
}

/** Whether the reference has a digest, so that its content cannot change. */
export function hasDigest(reference: string): boolean {
  return /@sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(reference);
}
