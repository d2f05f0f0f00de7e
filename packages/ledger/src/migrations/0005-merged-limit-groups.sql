-- Two groups that turned out to be one person's: the one that has absorbed the other counts for both.
alter table limit_groups add column merged_into uuid;
