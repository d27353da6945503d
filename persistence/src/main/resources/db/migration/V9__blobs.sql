-- A file is declared first and its pieces follow, so that a broken upload goes on where it ended. Only a whole one, whose
-- hash was checked, is given to anybody.
alter table pool_file add column whole boolean not null default true;
alter table pool_file alter column whole set default false;

-- Inputs and outputs that are too long for a message. A row belongs to whoever brought it: two with one hash are two rows,
-- so that knowing a hash gives nobody the bytes of another. Ids carry their time, which is how old ones are found.
create table blob (
  id uuid primary key,
  pool_id uuid not null references pool (id),
  brought_by wallet_address not null,
  job_id uuid,
  attempt int,
  sha256 hash32 not null,
  size bigint not null check (size > 0),
  whole boolean not null default false,
  used boolean not null default false,
  check ((job_id is null) = (attempt is null))
);
create unique index blob_output on blob (job_id, attempt, sha256) where job_id is not null;
create index blob_pool on blob (pool_id, brought_by);

create table blob_piece (
  blob_id uuid not null references blob (id) on delete cascade,
  number int not null check (number >= 0),
  body bytea not null,
  primary key (blob_id, number)
);
alter table blob_piece alter column body set storage external;

-- Blobs go a day after the payloads that may stand for them; those of a job that is still open stay.
create function drop_day_blobs(before date) returns int language plpgsql as $$
declare
  dropped int;
begin
  delete from blob b where b.id < uuid7_floor(before::timestamp at time zone 'UTC')
    and not exists (select from job j where j.state in ('QUEUED', 'LEASED') and j.pool_id = b.pool_id
      and j.id < uuid7_floor((before + 3)::timestamp at time zone 'UTC'));
  get diagnostics dropped = row_count;
  return dropped;
end
$$;
