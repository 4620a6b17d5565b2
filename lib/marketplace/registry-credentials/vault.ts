import { createSealer, type Sealer } from "@/lib/platform/sealing";
import { singleton } from "@/lib/platform/singleton";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/** What the database does not hold: the key of stored passwords, and the credentials of the environment. */
export type CredentialVault = {
  sealer: Sealer;
  environment: readonly RegistryCredentials[];
};

/** Set by the server, the worker or a test. */
export const credentialVault = singleton<CredentialVault>("credential-vault");

const PURPOSE = "gantry registry credentials";

/** The first secret seals; the others open what was sealed before a rotation. */
export function passwordSealer(secrets: readonly [string, ...string[]]): Sealer {
  return createSealer(secrets, PURPOSE);
}
