-- By which rules everybody was asked about a list: other rules ask everybody again (docs/guides/screening.md).
alter table screening_lists add column rescreened_by text;
