-- Every hit with its words and weights, as the rules of its time gave them: opens with the person's key. Null where there
-- was no hit, and for screenings before this was kept: they are explained by asking again (docs/guides/screening.md).
alter table screenings add column sealed_hits bytea;
