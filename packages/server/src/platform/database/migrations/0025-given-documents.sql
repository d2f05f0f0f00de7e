-- Kinds of documents that somebody has given and that have not expired, as the domain has them: what requirements are
-- computed from. Written with the document that changes it.
alter table registrations add column given_documents json not null default '[]';
