-- Who has left a phone for another one (docs/guides/sign-in.md): until the month is over, whoever begins anew on it counts
-- in their limits. Null: nobody has left it.
alter table phone_limit_groups add column left_by uuid;
