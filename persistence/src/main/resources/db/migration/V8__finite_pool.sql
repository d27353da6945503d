-- Finite pools: what the queen feeds them and how far she has come. Lines become rows when they have ended, not before.
alter table pool drop constraint pool_state_check;
alter table pool add constraint pool_state_check
  check (state in ('OPENING', 'OPEN', 'PAUSED', 'COMPLETED', 'CLOSING', 'CLOSED'));

-- A file by its hash, or the whole numbers from first on.
create table finite_pool (
  pool_id uuid primary key references pool (id),
  total int not null check (total > 0),
  sha256 hash32,
  first bigint,
  -- One node feeds a pool at a time.
  node text not null default '',
  node_until timestamptz not null default now(),
  -- Every input up to this one has ended; in a file the next one begins at this byte.
  ended_until int not null default 0,
  next_byte bigint not null default 0,
  done int not null default 0,
  failed int not null default 0,
  per_second double precision not null default 0,
  completed_at timestamptz,
  check ((sha256 is null) <> (first is null)),
  check (done + failed <= total)
);

create table finite_input (
  pool_id uuid not null references finite_pool (pool_id) on delete cascade,
  number int not null check (number >= 1),
  job_id uuid not null,
  failed boolean not null,
  primary key (pool_id, number)
);

alter table webhook add column completed_told boolean not null default false;
