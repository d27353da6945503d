-- The rows of Skep. PostgreSQL 17. Amounts are whole numbers of the token's smallest unit, ids are UUIDv7,
-- addresses lower-case text, times carry their zone. Ledger rows of jobs have no foreign keys: they are written in
-- groups on the hot path by one writer that knows the parent, and their partitions are dropped by age.

create domain wallet_address as text check (value ~ '^0x[0-9a-f]{40}$');
create domain token_amount as numeric(78, 0) check (value >= 0);
create domain hash32 as bytea check (octet_length(value) = 32);
-- JSON kept as it came; nothing queries into it, and as text it needs no driver-specific binding.
create domain json_document as text check (value is json);

create table queen_node (
  id text primary key,
  started_at timestamptz not null
);

-- Wallets, sessions -------------------------------------------------------------------------------------------------

create table login_challenge (
  nonce text primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index login_challenge_expiry on login_challenge (expires_at);

create table session (
  id uuid primary key,
  address wallet_address not null,
  role text not null check (role in ('client', 'connector')),
  token_sha256 hash32 not null unique,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index session_address on session (address);

create table connector_session (
  id uuid primary key,
  provider wallet_address not null,
  machine_id text not null check (length(machine_id) <= 128),
  ip text not null,
  node text not null,
  inbox text not null unique,
  token_sha256 hash32 not null unique,
  hmac_key bytea not null check (octet_length(hmac_key) >= 32),
  software text not null,
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  end_reason text
);
create index connector_session_open on connector_session (provider) where ended_at is null;

create table ban (
  address wallet_address primary key,
  reason text not null,
  created_at timestamptz not null default now()
);

-- Pools and slots ---------------------------------------------------------------------------------------------------

create table pool (
  id uuid primary key,
  queen_id text not null,
  owner wallet_address not null,
  name text not null check (length(name) between 1 and 200),
  template text not null,
  matching text not null check (matching in ('performance', 'presence')),
  spec json_document not null,
  program bytea not null,
  program_sha256 hash32 not null,
  price_per_job token_amount not null,
  price_per_second token_amount not null,
  max_per_job token_amount not null,
  copies int not null check (copies between 1 and 16),
  agree int not null check (agree between 1 and copies),
  verification text not null check (verification in ('none', 'spot-check', 'quorum')),
  distinct_by text not null check (distinct_by in ('machine', 'ip', 'wallet')),
  access text not null check (access in ('owner', 'keys', 'signed-in', 'public')),
  slot_limit int not null check (slot_limit between 1 and 10000),
  per_user int not null check (per_user >= 1),
  state text not null check (state in ('OPENING', 'OPEN', 'CLOSING', 'CLOSED')),
  state_reason text,
  chain_pool_id hash32 not null unique,
  deposited token_amount not null default 0,
  withdraw_requested boolean not null default false,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  version bigint not null default 0
);
create index pool_owner on pool (owner);
create index pool_state on pool (state);

-- What a node may spend of a pool without asking; used up in memory, never given back while the pool is open.
create table budget_slab (
  pool_id uuid not null references pool,
  node text not null,
  granted token_amount not null,
  version bigint not null default 0,
  primary key (pool_id, node)
);

create table slot (
  id uuid primary key,
  pool_id uuid not null references pool,
  ordinal int not null check (ordinal >= 1),
  provider wallet_address not null,
  machine_id text not null,
  session_id uuid not null,
  container_id text,
  state text not null check (state in ('LOADING', 'WARM', 'FAILED', 'LEFT', 'LOST')),
  problem json_document,
  jobs_done bigint not null default 0,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index slot_seat on slot (pool_id, ordinal) where ended_at is null;
create index slot_session on slot (session_id) where ended_at is null;

-- Jobs: partitioned by the day inside the UUIDv7 --------------------------------------------------------------------

create table job (
  id uuid primary key,
  pool_id uuid not null,
  client wallet_address not null,
  node text not null,
  state text not null check (state in ('QUEUED', 'LEASED', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED')),
  copies int not null,
  agree int not null,
  reserved token_amount not null,
  queue_until timestamptz not null,
  run_limit_ms int not null,
  total_until timestamptz not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  problem json_document
) partition by range (id);
create index job_pool on job (pool_id, id);
create index job_open on job (node, pool_id) where state in ('QUEUED', 'LEASED');

create table job_input (
  job_id uuid primary key,
  body bytea not null
) partition by range (job_id);

create table job_output (
  job_id uuid primary key,
  body bytea not null,
  sha256 hash32 not null
) partition by range (job_id);

create table job_log (
  job_id uuid not null,
  attempt int not null,
  body text not null,
  truncated boolean not null,
  primary key (job_id, attempt)
) partition by range (job_id);

create table attempt (
  job_id uuid not null,
  number int not null check (number >= 1),
  slot_id uuid not null,
  provider wallet_address not null,
  machine_id text not null,
  session_id uuid not null,
  state text not null check (state in ('LEASED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')),
  leased_at timestamptz not null default now(),
  lease_until timestamptz not null,
  ended_at timestamptz,
  run_micros bigint,
  result_sha256 hash32,
  problem json_document,
  own boolean not null,
  primary key (job_id, number)
) partition by range (job_id);
create index attempt_leased on attempt (session_id) where state = 'LEASED';

-- What one attempt earned: the per-job ledger entry, unique by attempt.
create table receipt (
  job_id uuid not null,
  attempt int not null,
  pool_id uuid not null,
  provider wallet_address not null,
  amount token_amount not null,
  result_sha256 hash32 not null,
  created_at timestamptz not null default now(),
  block_number bigint,
  primary key (job_id, attempt)
) partition by range (job_id);
create index receipt_unsettled on receipt (provider, pool_id) where block_number is null;
create index receipt_block on receipt (block_number) where block_number is not null;

create table idempotency (
  pool_id uuid not null,
  client wallet_address not null,
  key text not null check (length(key) between 1 and 200),
  job_id uuid not null,
  request_sha256 hash32 not null,
  created_at timestamptz not null default now(),
  primary key (pool_id, client, key)
);
create index idempotency_age on idempotency (created_at);

-- The smallest UUIDv7 of a moment: the bound of a partition.
create function uuid7_floor(moment timestamptz) returns uuid language sql immutable strict as $$
  select (lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Makes the day partitions of every ledger table from a day on; those that are there are left alone. Job and attempt
-- rows are updated once, so a fifth of each page stays free for the new version.
create function make_day_partitions(first_day date, days int) returns int language plpgsql as $$
declare
  parent text;
  day date;
  name text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('make_day_partitions'));
  foreach parent in array array['job', 'job_input', 'job_output', 'job_log', 'attempt', 'receipt'] loop
    for i in 0 .. days - 1 loop
      day := first_day + i;
      name := parent || '_' || to_char(day, 'YYYYMMDD');
      if to_regclass(name) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L) with (fillfactor = %s)',
          name, parent, uuid7_floor(day::timestamp at time zone 'UTC'),
          uuid7_floor((day + 1)::timestamp at time zone 'UTC'),
          case when parent in ('job', 'attempt', 'receipt') then 80 else 100 end);
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end
$$;

create table job_default partition of job default with (fillfactor = 80);
create table job_input_default partition of job_input default;
create table job_output_default partition of job_output default;
create table job_log_default partition of job_log default;
create table attempt_default partition of attempt default with (fillfactor = 80);
create table receipt_default partition of receipt default with (fillfactor = 80);

-- The king ----------------------------------------------------------------------------------------------------------

create table deployment (
  chain_id bigint primary key,
  token wallet_address not null,
  forwarder wallet_address not null,
  ledger wallet_address not null,
  king wallet_address not null,
  guardian wallet_address not null,
  relay wallet_address not null,
  first_block bigint not null,
  created_at timestamptz not null default now()
);

-- The next nonce of a key; locked while a transaction is made, so that each key has one writer.
create table signer_nonce (
  signer wallet_address primary key,
  next_nonce bigint not null check (next_nonce >= 0)
);

-- The outbox: a signed transaction is committed here before any node sees it.
create table chain_tx (
  id uuid primary key,
  signer wallet_address not null,
  nonce bigint not null,
  purpose text not null,
  ref text not null,
  to_address wallet_address,
  data bytea not null,
  gas_limit bigint not null,
  raw bytea not null,
  hash hash32 not null,
  state text not null check (state in ('STORED', 'SENT', 'MINED', 'SAFE', 'FINAL', 'REVERTED')),
  max_fee numeric(78, 0) not null,
  tip numeric(78, 0) not null,
  mined_number bigint,
  mined_hash hash32,
  problem text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  unique (signer, nonce),
  unique (purpose, ref)
);
create index chain_tx_open on chain_tx (signer, nonce) where state in ('STORED', 'SENT', 'MINED', 'SAFE');

-- Every hash a nonce was ever sent with: after a fee bump any of them may win.
create table chain_tx_hash (
  tx_id uuid not null references chain_tx,
  hash hash32 not null,
  raw bytea not null,
  sent_at timestamptz not null default now(),
  primary key (tx_id, hash)
);

create table block (
  number bigint primary key check (number >= 1),
  parent_hash hash32 not null,
  hash hash32 not null unique,
  root hash32 not null,
  receipts_root hash32 not null,
  data_hash hash32 not null,
  king_signature bytea not null,
  receipts int not null,
  state text not null check (state in ('SEALED', 'SENT', 'INCLUDED', 'SAFE', 'FINAL')),
  tx_id uuid not null references chain_tx,
  sealed_at timestamptz not null default now(),
  included_at timestamptz,
  final_at timestamptz
);

create table block_debit (
  block_number bigint not null references block,
  pool_id uuid not null references pool,
  cumulative token_amount not null,
  primary key (block_number, pool_id)
);

-- What a provider may claim from a pool by that block; the proof is for that block's root and stays good for ever.
create table earning (
  pool_id uuid not null references pool,
  provider wallet_address not null,
  block_number bigint not null references block,
  cumulative token_amount not null,
  proof bytea not null check (octet_length(proof) % 32 = 0),
  primary key (pool_id, provider, block_number)
);
create index earning_provider on earning (provider, block_number);

-- Double entry: the postings of one block add up to zero.
create table posting (
  id bigserial primary key,
  block_number bigint not null references block,
  account text not null,
  pool_id uuid not null references pool,
  provider wallet_address,
  amount numeric(78, 0) not null
);
create index posting_block on posting (block_number);

create table chain_request (
  id uuid primary key,
  kind text not null check (kind in ('FORWARD', 'FAUCET')),
  requester wallet_address not null,
  payload json_document not null,
  dedupe text not null unique,
  state text not null check (state in ('QUEUED', 'SENT', 'DONE', 'FAILED')),
  tx_id uuid references chain_tx,
  tx_hash hash32,
  problem json_document,
  created_at timestamptz not null default now(),
  done_at timestamptz
);
create index chain_request_open on chain_request (created_at) where state in ('QUEUED', 'SENT');

-- What the chain told us, each event once. pool_id is null for a pool of another queen.
create table deposit (
  tx_hash hash32 not null,
  log_index int not null,
  chain_pool_id hash32 not null,
  pool_id uuid references pool,
  payer wallet_address not null,
  amount token_amount not null,
  block_number bigint not null,
  block_hash hash32 not null,
  created_at timestamptz not null default now(),
  primary key (tx_hash, log_index)
);
create index deposit_pool on deposit (pool_id);

create table withdrawal (
  tx_hash hash32 not null,
  log_index int not null,
  pool_id uuid not null references pool,
  amount token_amount not null,
  block_number bigint not null,
  created_at timestamptz not null default now(),
  primary key (tx_hash, log_index)
);

create table claim (
  tx_hash hash32 not null,
  log_index int not null,
  pool_id uuid references pool,
  provider wallet_address not null,
  amount token_amount not null,
  cumulative token_amount not null,
  block_number bigint not null,
  created_at timestamptz not null default now(),
  primary key (tx_hash, log_index)
);
create index claim_provider on claim (provider);

create table chain_cursor (
  name text primary key,
  next_block bigint not null
);

-- What the king could not do and a human should see; one row per kind and thing, closed when it went away.
create table king_problem (
  code text not null,
  ref text not null,
  detail text not null,
  since timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (code, ref)
);
