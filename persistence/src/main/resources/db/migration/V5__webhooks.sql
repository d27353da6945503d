-- Webhooks: who is told when jobs of a pool end. Nothing is written per job for pools without one: a timer walks the
-- jobs of the others by their ids, in the order in which they were accepted.

create table webhook (
  id uuid primary key,
  pool_id uuid not null references pool (id),
  url text not null,
  events text not null,
  secret bytea not null,
  created_at timestamptz not null default now(),
  failures int not null default 0,
  disabled_at timestamptz,
  disabled_reason text,
  seen_until uuid not null,
  closed_told boolean not null default false
);
create index webhook_pool on webhook (pool_id);

-- Jobs that were looked at while they were still open.
create table webhook_watch (
  webhook_id uuid not null references webhook (id) on delete cascade,
  job_id uuid not null,
  primary key (webhook_id, job_id)
);

create table webhook_event (
  id uuid primary key,
  webhook_id uuid not null references webhook (id) on delete cascade,
  type text not null,
  subject text not null,
  body text not null,
  state text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'DROPPED')),
  tries int not null default 0,
  next_try timestamptz not null default now(),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  last_status int,
  last_problem text,
  unique (webhook_id, subject, type)
);
create index webhook_event_due on webhook_event (next_try) where state = 'WAITING';
create index webhook_event_ended on webhook_event (ended_at) where state <> 'WAITING';
