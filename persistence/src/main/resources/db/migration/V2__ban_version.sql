-- Bans are edited through JPA: two operators must not overwrite each other unseen.
alter table ban add column version bigint not null default 0;
