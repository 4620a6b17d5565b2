import { CredentialsActions, type RegistryActions } from "@/components/admin/registries/credentials-actions";
import { CredentialsState } from "@/components/admin/registries/credentials-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { CredentialsView, RegistryView } from "@/lib/marketplace/registry-credentials/list-credentials";

type RegistryListProps = { registries: readonly RegistryView[]; actions: RegistryActions };

export function RegistryList({ registries, actions }: RegistryListProps) {
  return registries.map((registry) => (
    <section key={registry.host} aria-label={registry.host} className="space-y-3">
      <h2 className="text-lg font-semibold break-all">{registry.host}</h2>
      <p className="text-sm break-all text-ink-soft">Read from {registry.origin}</p>
      {registry.credentials.length === 0 ? (
        <p className="text-ink-soft">No credentials: Gantry reads public repositories only.</p>
      ) : (
        <CredentialsTable registry={registry} actions={actions} />
      )}
    </section>
  ));
}

type CredentialsTableProps = { registry: RegistryView; actions: RegistryActions };

function CredentialsTable({ registry: { host, credentials }, actions }: CredentialsTableProps) {
  const columns = ["Namespace", "State", "Last use", "Last test", "Last error", "Actions"];
  return (
    <Table caption={`Credentials for ${host}`} columns={columns}>
      {credentials.map((each) => (
        <TableRow key={`${each.source} ${each.namespace}`}>
          <TableCell header>
            <span className="break-all">{each.namespace === "" ? "All repositories" : each.namespace}</span>
            <span className="block text-sm font-normal break-all text-ink-soft">{each.username}</span>
            {each.tokenServer === null ? null : (
              <span className="block text-sm font-normal break-all text-ink-soft">{each.tokenServer}</span>
            )}
          </TableCell>
          <TableCell label="State">
            <CredentialsState state={each.state} />
          </TableCell>
          <TableCell label="Last use">{each.lastUsedAt ? <Time at={each.lastUsedAt} /> : "Never"}</TableCell>
          <TableCell label="Last test">
            <LastTest test={each.test} />
          </TableCell>
          <TableCell label="Last error">
            <LastError error={each.lastError} />
          </TableCell>
          <TableCell>
            {each.source === "environment" ? (
              <p className="mb-2 text-sm text-ink-soft">From the environment</p>
            ) : null}
            <CredentialsActions credentials={each} actions={actions} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function LastTest({ test }: Pick<CredentialsView, "test">) {
  if (test === null) return "Never";
  return (
    <>
      {test.error === null ? "Passed" : "Failed"} <Time at={test.at} />
      {test.error === null ? null : <p className="mt-1 text-sm text-ink-soft">{test.error.message}</p>}
    </>
  );
}

function LastError({ error }: { error: CredentialsView["lastError"] }) {
  if (error === null) return "None";
  return (
    <>
      <Time at={error.at} />
      <p className="mt-1 text-sm text-ink-soft">{error.message}</p>
    </>
  );
}
