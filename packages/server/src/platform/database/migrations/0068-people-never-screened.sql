-- Whoever was let in and gave a name, a document's number, owners or a tax number later was not screened then, and lists
-- that changed since did not find them: their keys are missing, or of what they had said before. Empty keys affect
-- everybody (docs/guides/screening.md): each list in force asks them once more, and writes their keys anew.
update screening_people p set keys = ''::bytea from registrations r
where r.tenant_id = p.tenant_id and r.kind = p.person_kind and r.id = p.person_id
  and r.status in ('active', 'restricted', 'suspended');
insert into screening_people (tenant_id, person_id, person_kind, keys)
select tenant_id, id, kind, ''::bytea from registrations where status in ('active', 'restricted', 'suspended')
on conflict (tenant_id, person_id) do nothing;

-- By unknown rules: asked again when a server starts, and no base of what a later version changed.
update screening_lists set rescreened_by = null where rescreened_by is not null;
