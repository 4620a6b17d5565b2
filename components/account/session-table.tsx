import { deviceLabel } from "@/components/account/account-labels";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import type { FormAction } from "@/components/ui/form-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SessionView } from "@/lib/identity/sessions/session-view";

export function SessionTable({ sessions, end }: { sessions: readonly SessionView[]; end: FormAction }) {
  return (
    <Table caption="Sessions" columns={["Device", "Signed in", "Last seen", "Expires", "Actions"]}>
      {sessions.map(({ id, userAgent, createdAt, lastSeenAt, expiresAt, current }) => (
        <TableRow key={id}>
          <TableCell header>
            <span title={userAgent}>{deviceLabel(userAgent)}</span>
          </TableCell>
          <TableCell label="Signed in">
            <Time at={createdAt} />
          </TableCell>
          <TableCell label="Last seen">
            <Time at={lastSeenAt} />
          </TableCell>
          <TableCell label="Expires">
            <Time at={expiresAt} />
          </TableCell>
          <TableCell>
            {current ? (
              <Badge tone="accent" icon="check">
                This session
              </Badge>
            ) : (
              <ActionForm
                action={end}
                id={`end-${id}`}
                about={{ id }}
                submit="End session"
                look="quiet"
                submitWidth="fit"
              />
            )}
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}
