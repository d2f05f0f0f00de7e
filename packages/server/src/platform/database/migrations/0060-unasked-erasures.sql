-- Whoever was closed or rejected, and drafts, before their erasure was written down as due: each is looked at once.
insert into due (tenant_id, kind, reference, due_at)
select tenant_id, 'registration.sweep', kind || ' ' || id::text, created_at from registrations
where status in ('draft', 'closed', 'rejected') and erased_at is null and erasure_requested_at is null
on conflict (tenant_id, kind, reference) do nothing;
