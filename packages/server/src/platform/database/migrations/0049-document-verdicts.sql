-- What an operator who looked at a document said of it last (docs/guides/documents.md): who, when, and of one that was not
-- accepted why, as codes. Every word of an operator is a row of registration_decisions, too.
alter table documents
  add column judged_by text,
  add column judged_at timestamptz,
  add column verdict_reasons json;
alter table registration_decisions add column document_id uuid;
