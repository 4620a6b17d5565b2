import { ActForm } from "@/components/ui/act-form";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TokenView } from "@/lib/identity/token-view";

type TokenTableProps = { tokens: readonly TokenView[]; now: Date; revoke: FormAction };

export function TokenTable({ tokens, now, revoke }: TokenTableProps) {
  return (
    <Table caption="API tokens" columns={["Name", "Scopes", "Last used", "Ends", "Acts"]}>
      {tokens.map(({ id, name, hint, scopes, lastUsedAt, expiresAt }) => (
        <TableRow key={id}>
          <TableCell header>
            {name}
            <code className="block font-mono text-sm font-normal text-ink-soft">{hint}…</code>
          </TableCell>
          <TableCell label="Scopes">
            <span className="flex flex-wrap gap-1">
              {scopes.map((scope) => (
                <Badge key={scope}>{scope}</Badge>
              ))}
            </span>
          </TableCell>
          <TableCell label="Last used">{lastUsedAt ? <Time at={lastUsedAt} /> : "Never"}</TableCell>
          <TableCell label="Ends">
            {expiresAt === undefined ? (
              "No end"
            ) : expiresAt <= now ? (
              <Badge tone="warning">Expired</Badge>
            ) : (
              <Time at={expiresAt} as="day" />
            )}
          </TableCell>
          <TableCell>
            <ActForm
              action={revoke}
              id={`revoke-${id}`}
              about={{ id }}
              dialog={{ trigger: "Revoke", title: `Revoke ${name}?`, look: "danger", size: "small" }}
              note="Whatever uses it stops working at once. A revoked token cannot come back."
              submit="Revoke API token"
              look="danger"
            />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}
