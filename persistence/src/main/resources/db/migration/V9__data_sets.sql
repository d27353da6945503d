-- A file is declared first and its pieces follow, so that a broken upload goes on where it ended. Only a whole one, whose
-- hash was checked, is given to anybody.
alter table pool_file add column whole boolean not null default true;
alter table pool_file alter column whole set default false;
