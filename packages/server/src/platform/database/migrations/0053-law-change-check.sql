-- Whether anybody active was decided under another version of the policy than this one: asked at every start, until the
-- version was applied (docs/guides/deadlines.md). What follows a + is the tenant's own, and no version of the law.
create index registrations_policy on registrations (tenant_id, (split_part(policy_version, '+', 1)))
  where status in ('active', 'restricted', 'suspended');
