-- What the first of two operators saw: the approval counts only while that is the same.
alter table registrations add column approval_proposed_on text;

-- A hold lasts as long as a match with a list that blocks that nobody has cleared, and no longer.
update registrations r set is_held = false
where r.is_held and not exists (
  select from cases c
  where c.tenant_id = r.tenant_id and c.person_id = r.id and c.kind = 'screening' and c.consequence = 'block'
    and c.status <> 'cleared'
);
update registrations r set is_held = true
from cases c
where c.tenant_id = r.tenant_id and c.person_id = r.id and c.kind = 'screening' and c.consequence = 'block'
  and c.status = 'confirmed' and not r.is_held;
