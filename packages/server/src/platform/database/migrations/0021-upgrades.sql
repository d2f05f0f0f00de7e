-- Asking for the next tier (docs/guides/onboarding.md): which one a review of an active registration is about.
alter table registrations add column requested_tier smallint;
create index registrations_review on registrations (tenant_id, kind, id) where review_opened_at is not null;
