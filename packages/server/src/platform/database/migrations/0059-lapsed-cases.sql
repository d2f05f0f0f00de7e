-- Cases about whoever was erased: nobody can decide them any more.
update cases c
set status = 'lapsed', assigned_to = null, proposed_outcome = null, proposed_by = null, proposed_at = null,
  decided_at = e.erased_at, revision = c.revision + 1
from erased_persons e
where e.tenant_id = c.tenant_id and e.person_id = c.person_id and c.status in ('open', 'inReview', 'appealed');
