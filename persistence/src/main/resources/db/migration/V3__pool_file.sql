-- Files that travel with a pool, because no public registry has them: wheels and packed packages of its owner.
-- In pieces, so that neither side ever holds a whole one in memory.
create table pool_file (
  pool_id uuid not null references pool (id),
  sha256 bytea not null check (length(sha256) = 32),
  size bigint not null check (size >= 0),
  created_at timestamptz not null default now(),
  primary key (pool_id, sha256)
);

create table pool_file_piece (
  pool_id uuid not null,
  sha256 bytea not null,
  number int not null check (number >= 0),
  body bytea not null,
  primary key (pool_id, sha256, number),
  foreign key (pool_id, sha256) references pool_file (pool_id, sha256) on delete cascade
);
-- Wheels are compressed already.
alter table pool_file_piece alter column body set storage external;
