import type { Database } from "@/lib/platform/db/database";

/** For each submission how many rows of each kind its state left behind, beside how many there must be. */
export async function submissionTraces(db: Database) {
  const all = await db.prisma.submission.findMany({
    include: {
      timeline: true,
      extension: { include: { entry: true, versions: true, decisions: true } },
    },
  });
  const audits = await db.prisma.auditEvent.findMany({ where: { subjectKind: "submission" } });
  const outbox = await db.prisma.outboxMessage.findMany();
  const events = await db.prisma.listingEvent.findMany({ where: { cause: "approve" } });
  return all.map(({ id, state, timeline, extension }) => {
    const approved = state === "approved" ? 1 : 0;
    const decided = approved === 1 || state === "declined" ? 1 : 0;
    const audited = (action: string) =>
      audits.filter((each) => each.subjectId === id && each.action === action).length;
    return {
      repository: extension.repository,
      state,
      traces: {
        entries: extension.entry === null ? 0 : 1,
        listed: extension.versions.filter(({ visibility }) => visibility === "listed").length,
        decisions: extension.decisions.filter(({ submissionId }) => submissionId === id).length,
        submitted: audited("submission.submit"),
        decidedAudits: audited("submission.approve") + audited("submission.decline"),
        submittedEvents: timeline.filter(({ kind }) => kind === "submitted").length,
        decidedEvents: timeline.filter(({ kind }) => kind === "approved" || kind === "declined").length,
        messages: outbox.filter(
          ({ kind, payload }) => /approved|declined/.test(kind) && JSON.stringify(payload).includes(id),
        ).length,
        listingEvents: events.filter(({ repository }) => repository === extension.repository).length,
      },
      expected: {
        entries: approved,
        listed: approved,
        decisions: decided,
        submitted: 1,
        decidedAudits: decided,
        submittedEvents: 1,
        decidedEvents: decided,
        messages: decided,
        listingEvents: approved,
      },
    };
  });
}
