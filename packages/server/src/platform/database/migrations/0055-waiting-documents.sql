-- Documents of which no operator has said anything, of all persons (docs/guides/documents.md).
create index documents_waiting on documents (tenant_id, person_kind, id, kind)
  where status = 'stored' and judged_at is null;
