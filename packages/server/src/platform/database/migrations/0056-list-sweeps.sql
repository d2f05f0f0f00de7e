-- When a version of a list went out of force, and when everybody had been asked about it: the next version is compared
-- with what everybody was asked about, not with what came just before (docs/guides/screening.md). Null for versions that
-- ended before this was kept: nothing is compared with them.
alter table screening_lists add column ended_at timestamptz;
alter table screening_lists add column rescreened_at timestamptz;

-- Lists that are active now ask everybody once, from the opening of their window on: earlier ones may have been replaced,
-- or not open, when they should have asked.
delete from due where kind = 'screening.rescreen';
insert into due (tenant_id, kind, reference, due_at)
select tenant_id, 'screening.opens', id::text, greatest(valid_from, activated_at)
from screening_lists where status = 'active' and activated_at is not null;
