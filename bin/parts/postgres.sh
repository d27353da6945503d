# Sourced by bin/queen: the embedded PostgreSQL, on loopback only.
# shellcheck shell=bash

# PostgreSQL refuses root. Its directory is entered as root and then called /proc/self/cwd, so that the database's user need not be able
# to walk to a home below /root or another closed directory.
in_data_directory() {
  local -a drop=()
  [[ $EUID -eq 0 ]] && drop=(setpriv "--reuid=$database_user" "--regid=$database_user" --clear-groups)
  cd "$home/postgres/data"
  exec "${drop[@]}" "$@"
}

start_postgres() {
  pid_of postgres >/dev/null && return 0
  check_port "$postgres_port" PostgreSQL
  [[ -f $home/postgres/ready ]] || make_database
  # A lock file of a killed server names a pid that may be anybody's by now; ours is not running.
  rm -f "$home/postgres/data/postmaster.pid"
  local try
  for ((try = 0; try < 20; try++)); do
    launch_postgres
    wait_for_postgres && return 0
    sleep 1 # the backends of a killed server need a moment to notice
  done
  tail -5 "$home/logs/postgres.log" >&2
  die "PostgreSQL does not start; its log is $home/logs/postgres.log"
}

launch_postgres() {
  (in_data_directory setsid "$cache/postgres/bin/postgres" -D /proc/self/cwd -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_prepared_transactions=0 -c max_connections=100 \
    -c shared_buffers=128MB -c wal_compression=on -c max_wal_size=2GB -c checkpoint_timeout=15min -c synchronous_commit=on \
    -c password_encryption=scram-sha-256 -c log_timezone=UTC -c timezone=UTC) \
    </dev/null >>"$home/logs/postgres.log" 2>&1 8>&- &
  echo $! >"$home/run/postgres.pid"
}

wait_for_postgres() {
  local try
  for ((try = 0; try < 600; try++)); do
    kill -0 "$(cat "$home/run/postgres.pid")" 2>/dev/null || return 1
    [[ $(sed -n 8p "$home/postgres/data/postmaster.pid" 2>/dev/null) =~ ^ready ]] && return 0
    sleep 0.1
  done
  return 1
}

make_database() {
  rm -rf "$home/postgres"
  mkdir -p "$home/postgres/data"
  printf '%s\n' "$database_password" >"$home/postgres/password"
  [[ $EUID -eq 0 ]] && chown -R "$database_user:" "$home/postgres"
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
