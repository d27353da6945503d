-- Secrets of a pool's jobs, closed with a key that is not in the database.
create table pool_secret (
  pool_id uuid primary key references pool (id),
  closed bytea not null
);
