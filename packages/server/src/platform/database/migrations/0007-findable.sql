-- Whether alias and phone of somebody lead to a name: people may ask not to be found.
alter table registrations add column is_findable boolean not null default true;
