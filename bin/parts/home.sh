# Sourced by bin/queen: one home directory holds everything a queen keeps: secrets, keys, database, chain, domain, logs.
# shellcheck shell=bash

# A setting given now wins over the one the home remembers, and that over the default.
open_home() {
  umask 077
  mkdir -p "$home"/{run,logs,tls,data,chain}
  chmod 700 "$home"
  home=$(cd "$home" && pwd -P)
  # shellcheck source=/dev/null
  [[ -f $home/settings ]] && . "$home/settings"
  base_port=${asked_base_port:-${base_port:-8000}}
  host=${asked_host:-${host:-localhost}}
  queen_id=${SKEP_QUEEN_ID:-${queen_id:-queen-$(random 4)}}
  printf '%s=%q\n' base_port "$base_port" host "$host" queen_id "$queen_id" >"$home/settings"
  name_ports
  make_secrets
}

name_ports() {
  [[ $base_port =~ ^[0-9]+$ && $base_port -ge 1024 && $base_port -le 65000 ]] || die "--base-port must be between 1024 and 65000, not $base_port"
  postgres_port=$((base_port + 32))
  chain_port=$((base_port + 45))
  admin_port=$((base_port + 48))
  http_port=$((base_port + 80))
  https_port=$((base_port + 81))
  ssljms_port=$((base_port + 84))
}

random() { # random BYTES: hexadecimal
  od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'
}

make_secrets() {
  if [[ ! -f $home/secrets ]]; then
    local name
    for name in admin_password tls_password database_password broker_password broker_admin_password; do
      printf '%s=%s\n' "$name" "$(random 20)"
    done >"$home/secrets.new"
    mv "$home/secrets.new" "$home/secrets"
  fi
  admin_password='' tls_password='' database_password='' broker_password='' broker_admin_password=''
  # shellcheck source=/dev/null
  . "$home/secrets"
  # The broker's plug-in knows its two fixed users by hashes only.
  printf 'queen=%s\nadmin=%s\n' "$(sha256_of "$broker_password")" "$(sha256_of "$broker_admin_password")" >"$home/run/broker.secrets"
  printf 'AS_ADMIN_PASSWORD=%s\nAS_ADMIN_MASTERPASSWORD=%s\n' "$admin_password" "$tls_password" >"$home/run/asadmin.passwords"
}

sha256_of() {
  printf '%s' "$1" | sha256sum | cut -d' ' -f1
}

# The queen's key: HTTPS and JMS show the same certificate, connectors pin its public key.
make_certificate() {
  [[ -f $home/tls/queen.crt ]] && return 0
  local names="DNS:localhost,IP:127.0.0.1"
  if [[ $host =~ ^[0-9.]+$ ]]; then names+=",IP:$host"; elif [[ $host != localhost ]]; then names+=",DNS:$host"; fi
  rm -f "$home/tls/queen.p12"
  TLS_PASSWORD=$tls_password keytool -genkeypair -alias s1as -keyalg EC -groupname secp256r1 -sigalg SHA256withECDSA -validity 3650 \
    -dname "CN=$host,O=Skep" -ext "san=$names" -ext bc:c=ca:false -storetype PKCS12 -keystore "$home/tls/queen.p12" -storepass:env TLS_PASSWORD 2>/dev/null
  TLS_PASSWORD=$tls_password keytool -exportcert -rfc -alias s1as -keystore "$home/tls/queen.p12" -storepass:env TLS_PASSWORD \
    -file "$home/tls/queen.crt.new" 2>/dev/null
  mv "$home/tls/queen.crt.new" "$home/tls/queen.crt"
}

# pid_of NAME: the process that NAME.pid names, if it lives and is ours: a pid may have been given to another since.
pid_of() {
  local pid
  pid=$(cat "$home/run/$1.pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ ]] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$(mark_of "$1")" && echo "$pid"
}

# What the command line of our process holds and no other's.
mark_of() {
  case $1 in
    postgres) echo "-p $postgres_port " ;;
    anvil) echo "$home/chain/state.json" ;;
    payara) echo "com.sun.aas.instanceRoot=$home/domain/queen" ;;
  esac
}

# end NAME SIGNAL SECONDS: asks, waits, then kills.
end() {
  local pid try
  pid=$(pid_of "$1") || { rm -f "$home/run/$1.pid"; return 0; }
  kill "-$2" "$pid" 2>/dev/null || true
  for ((try = 0; try < $3 * 10; try++)); do
    pid_of "$1" >/dev/null || break
    sleep 0.1
  done
  if pid=$(pid_of "$1"); then
    say "queen: $1 (pid $pid) did not end within $3 s, killing it"
    kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$home/run/$1.pid"
}

check_port() { # check_port NUMBER PURPOSE
  local owner
  owner=$(ss -Hltnp "sport = :$1" 2>/dev/null | head -1)
  [[ -z $owner ]] || die "port $1 ($2) is taken: $owner; choose another with --base-port"
}

wait_until() { # wait_until SECONDS COMMAND...
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [[ $SECONDS -lt $deadline ]] || return 1
    sleep 0.1
  done
}
