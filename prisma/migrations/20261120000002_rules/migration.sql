-- What the schema language cannot say: history is append-only, some rows are alone of their kind.

CREATE FUNCTION gantry_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "ListingEvent_append_only" BEFORE UPDATE OR DELETE ON "ListingEvent"
  FOR EACH ROW EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "ListingEvent_no_truncate" BEFORE TRUNCATE ON "ListingEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION gantry_refuse_change();

-- One accepted digest per tag.
CREATE UNIQUE INDEX "Version_one_current" ON "Version" ("extensionId", "tag") WHERE "current";

-- One open submission per extension.
CREATE UNIQUE INDEX "Submission_one_open" ON "Submission" ("extensionId")
  WHERE "state" IN ('checking', 'in_review', 'needs_changes', 'errored');

INSERT INTO "CatalogRevision" ("id", "revision") VALUES (1, 0);
