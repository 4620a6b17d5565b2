import { tokenCount } from "@/components/account/account-labels";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TokenView } from "@/lib/identity/tokens/token-view";

type TokenTableProps = { tokens: readonly TokenView[]; now: Date; revoke: FormAction };

const COLUMNS = ["Name", "Scopes", "Created by", "Last used", "Expires", "Actions"];

export function TokenTable({ tokens, now, revoke }: TokenTableProps) {
  const names = new Map(tokens.map(({ id, name }) => [id, name]));
  return (
    <Table caption="API tokens" columns={COLUMNS}>
      {tokens.map(({ id, name, hint, scopes, lastUsedAt, expiresAt, parentId, descendants }) => (
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
          <TableCell label="Created by">
            {parentId === undefined ? "You" : `Token ${names.get(parentId) ?? "(deleted)"}`}
          </TableCell>
          <TableCell label="Last used">{lastUsedAt ? <Time at={lastUsedAt} /> : "Never"}</TableCell>
          <TableCell label="Expires">
            {expiresAt === undefined ? (
              "Never"
            ) : expiresAt <= now ? (
              <Badge tone="warning">Expired</Badge>
            ) : (
              <Time at={expiresAt} as="day" />
            )}
          </TableCell>
          <TableCell>
            <ActionForm
              action={revoke}
              id={`revoke-${id}`}
              about={{ id }}
              dialog={{ trigger: "Revoke", title: `Revoke ${name}?`, look: "danger", size: "small" }}
              note={`Programs that use it stop working immediately. ${alsoEnds(descendants)}You can’t restore a revoked token.`}
              submit={descendants === 0 ? "Revoke API token" : `Revoke ${tokenCount(descendants + 1)}`}
              look="danger"
            />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function alsoEnds(descendants: number): string {
  if (descendants === 0) return "";
  return `This also revokes ${tokenCount(descendants)} that it created. `;
}
