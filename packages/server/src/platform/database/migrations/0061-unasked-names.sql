-- Names that were asked for before their erasure was written down as due: each is looked at once.
insert into due (tenant_id, kind, reference, due_at)
select tenant_id, 'screening.erase', id::text, created_at from screenings where person_kind = 'screening'
on conflict (tenant_id, kind, reference) do nothing;
