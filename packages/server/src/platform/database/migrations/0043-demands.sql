-- What somebody active must give by a day (docs/guides/deadlines.md), as the domain has it; null: nothing.
alter table registrations add column demands json;

-- Whoever gave a document with a last day before there were deadlines is looked at once.
insert into due (tenant_id, kind, reference, due_at)
select d.tenant_id, 'registration.check', d.person_kind || ' ' || d.registration_id::text, min(d.created_at)
from documents d where d.expires_on is not null and d.status in ('stored', 'expired')
group by d.tenant_id, d.person_kind, d.registration_id;
