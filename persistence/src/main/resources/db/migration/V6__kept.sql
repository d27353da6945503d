-- Inputs, outputs and logs are kept for a stated time, jobs with their receipts for good. A day's payloads go by dropping
-- their partitions; a day with a job that is still open stays.
create function drop_day_payloads(before date) returns int language plpgsql as $$
declare
  payload text;
  part record;
  day date;
  dropped int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('make_day_partitions'));
  -- Who waits for a table keeps everybody behind waiting; the next hour is early enough.
  set local lock_timeout = '2s';
  foreach payload in array array['job_input', 'job_output', 'job_log'] loop
    for part in select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = payload::regclass and c.relname ~ (payload || '_[0-9]{8}$') loop
      day := to_date(right(part.name, 8), 'YYYYMMDD');
      if day < before and not exists (select from job where state in ('QUEUED', 'LEASED')
          and id >= uuid7_floor(day::timestamp at time zone 'UTC')
          and id < uuid7_floor((day + 1)::timestamp at time zone 'UTC')) then
        execute format('drop table %I', part.name);
        dropped := dropped + 1;
      end if;
    end loop;
    execute format('delete from %I where job_id < $1', payload || '_default')
      using uuid7_floor(before::timestamp at time zone 'UTC');
  end loop;
  return dropped;
end
$$;
