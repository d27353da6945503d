# Sourced by bin/queen: the embedded PostgreSQL, on loopback only.
# shellcheck shell=bash

# PostgreSQL refuses root. Its directory is entered as root and then called /proc/self/cwd, so that the database's user need not be able
# to walk to a home below /root or another closed directory.
in_data_directory() {
  local -a drop=()
  [[ $EUID -eq 0 ]] && drop=(setpriv "--reuid=$(database_user)" "--regid=$(database_user)" --clear-groups)
  cd "$home/postgres/data"
  exec "${drop[@]}" "$@"
}

start_postgres() {
  pid_of postgres >/dev/null && return 0
  check_port "$postgres_port" PostgreSQL
  [[ -f $home/postgres/ready ]] || make_database
  remove_stale_lock
  launch_postgres
  wait_for_postgres && return 0
  tail -5 "$home/logs/postgres.log" >&2
  die "PostgreSQL does not start; its log is $home/logs/postgres.log"
}

# The lock file of a killed server names a pid that may be anybody's by now. It may go only when no process works in the directory any
# more: the backends of a killed server live on for a moment.
remove_stale_lock() {
  wait_until 60 nobody_in_data_directory || die "a process still works in $home/postgres/data"
  rm -f "$home/postgres/data/postmaster.pid"
}

nobody_in_data_directory() {
  local directory
  for directory in /proc/[0-9]*/cwd; do
    [[ $(readlink "$directory" 2>/dev/null) != "$home/postgres/data" ]] || return 1
  done
}

launch_postgres() {
  (in_data_directory setsid "$cache/postgres/bin/postgres" -D /proc/self/cwd -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_prepared_transactions=0 -c max_connections=100 \
    -c shared_buffers=128MB -c wal_compression=on -c max_wal_size=2GB -c checkpoint_timeout=15min -c synchronous_commit=on \
    -c password_encryption=scram-sha-256 -c log_timezone=UTC -c timezone=UTC) \
    </dev/null >>"$home/logs/postgres.log" 2>&1 8>&- &
  echo $! >"$home/run/postgres.pid"
}

# Recovery after a crash may take minutes; a server that has ended will not come.
wait_for_postgres() {
  wait_until 280 accepts_or_has_ended && accepts_connections
}

accepts_or_has_ended() {
  accepts_connections || ! kill -0 "$(cat "$home/run/postgres.pid")"
}

accepts_connections() {
  [[ $(sed -n 8p "$home/postgres/data/postmaster.pid" 2>/dev/null) =~ ^ready ]]
}

make_database() {
  rm -rf "$home/postgres"
  mkdir -p "$home/postgres/data"
  printf '%s\n' "$database_password" >"$home/postgres/password"
  [[ $EUID -eq 0 ]] && chown -R "$(database_user):" "$home/postgres"
  (in_data_directory "$cache/postgres/bin/initdb" -D /proc/self/cwd -U skep --pwfile=../password --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8) >>"$home/logs/postgres.log" 2>&1 || die "initdb failed; its log is $home/logs/postgres.log"
  rm "$home/postgres/password"
  run_sql postgres <<<'create database skep;'
  # The store of the EJB timers must be there before an application with timers is.
  run_sql skep <"$cache/payara6/glassfish/lib/install/databases/ejbtimer_postgresql.sql"
  touch "$home/postgres/ready"
}

run_sql() { # run_sql DATABASE: statements from the standard input, without a running server
  (in_data_directory "$cache/postgres/bin/postgres" --single -j -D /proc/self/cwd "$1") >>"$home/logs/postgres.log" 2>&1 ||
    die "preparing the database $1 failed; its log is $home/logs/postgres.log"
}
