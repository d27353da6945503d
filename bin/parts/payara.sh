# Sourced by bin/queen: the domain is made from payara-config/src/main/server and thrown away when that changes; all data live elsewhere.
# shellcheck shell=bash
server_files=$repository/payara-config/src/main/server
domain=$home/domain/queen
asadmin=$cache/payara6/bin/asadmin

# The configuration with this home's values in it; what each part is for is said in the files.
render() { # render FILE
  local database_url=${SKEP_DATABASE_URL:-jdbc:postgresql://127.0.0.1:$postgres_port/skep} line
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line == \#* || -z $line ]] && continue
    line=${line//@HTTP_ADDRESS@/${SKEP_HTTP_ADDRESS:-127.0.0.1}}
    line=${line//@DATABASE_URL@/$(escape_property "$database_url")}
    line=${line//@DATABASE_USER@/${SKEP_DATABASE_USER:-skep}}
    line=${line//@DATABASE_PASSWORD@/$(escape_property "${SKEP_DATABASE_PASSWORD:-$database_password}")}
    line=${line//@BROKER_USER@/queen}
    line=${line//@BROKER_PASSWORD@/$broker_password}
    line=${line//@BROKER_SECRETS@/$home/run/broker.secrets}
    line=${line//@NODE@/$SKEP_NODE}
    line=${line//@SSLJMS_PORT@/$ssljms_port}
    line=${line//@JMS_PORT@/$((base_port + 77))}
    line=${line//@BROKER_ADMIN_PORT@/$((base_port + 78))}
    line=${line//@TLS_DIRECTORY@/$home/tls}
    line=${line//@TLS_PASSWORD@/$tls_password}
    printf '%s\n' "$line"
  done <"$server_files/$1"
}

escape_property() { # asadmin reads : and = in a property's value as the end of it
  local value=${1//\\/\\\\}
  value=${value//:/\\:}
  printf '%s' "${value//=/\\=}"
}

domain_hash() {
  {
    echo "$cache $base_port $home"
    jvm_options
    for file in preboot.asadmin server.asadmin resources.asadmin broker.properties; do render "$file"; done
  } | sha256sum | cut -d' ' -f1
}

is_current_domain() {
  [[ $(cat "$home/run/domain.hash" 2>/dev/null) == "$(domain_hash)" && -d $domain ]]
}

is_deployed() {
  [[ $(cat "$home/run/deployed" 2>/dev/null) == "$(sha256sum <"$ear")" ]]
}

# A stopped domain with another EAR is made anew: it would load the old one first, and a deployment that meets a loading one breaks both.
make_domain() {
  is_current_domain && { pid_of payara >/dev/null || is_deployed; } && return 0
  rm -rf "$home/domain" "$home/run/domain.hash" "$home/run/deployed"
  make_certificate
  "$asadmin" --user admin --passwordfile "$home/run/asadmin.passwords" create-domain --portbase "$base_port" --savelogin=false \
    --savemasterpassword=true --checkports=false --domaindir "$home/domain" queen >"$home/logs/create-domain.log" 2>&1 ||
    die "create-domain failed; its log is $home/logs/create-domain.log"
  cp "$home/tls/queen.p12" "$domain/config/keystore.p12"
  find "$domain/docroot" -mindepth 1 -delete
  keep_logs_outside
  edit_domain
}

keep_logs_outside() {
  mkdir -p "$home/logs/payara"
  rm -rf "$domain/logs"
  ln -s "$home/logs/payara" "$domain/logs"
}

# Three things must be in domain.xml before the first boot: the options of the JVM, no Hazelcast (one node needs none, and it listens on
# every address), and the broker, which starts at once and keeps its first ports.
edit_domain() {
  local file=$domain/config/domain.xml
  {
    sed '/<system-property name="JMS_PROVIDER_PORT"/,$d' "$file"
    jms_service
    sed -n '/<system-property name="JMS_PROVIDER_PORT"/,$p' "$file" | with_our_options
  } >"$file.new"
  mv "$file.new" "$file"
}

jms_service() {
  local name value
  echo '<jms-service type="EMBEDDED" default-jms-host="default_JMS_host">'
  printf '<jms-host name="default_JMS_host" host="127.0.0.1" port="%s" admin-user-name="admin" admin-password="%s" lazy-init="false"/>\n' \
    "$((base_port + 76))" "$broker_admin_password"
  while IFS='=' read -r name value; do
    printf '<property name="%s" value="%s"/>\n' "$(escape_xml "$name")" "$(escape_xml "$value")"
  done < <(render broker.properties)
  echo '</jms-service>'
}

with_our_options() {
  local line done=false option
  while IFS= read -r line; do
    if [[ $line == *'<jvm-options>-Xmx512m</jvm-options>'* ]] && ! $done; then
      done=true
      while IFS= read -r option; do printf '<jvm-options>%s</jvm-options>\n' "$(escape_xml "$option")"; done < <(jvm_options)
    elif [[ $line == *'<hazelcast-config-specific-configuration>'* ]]; then
      echo '<hazelcast-config-specific-configuration enabled="false"/>'
    elif [[ $line != *osgi.shell.telnet* ]]; then
      printf '%s\n' "$line"
    fi
  done
}

jvm_options() { # those of the file, and more by SKEP_JVM_OPTIONS, separated by blanks
  local -a more
  read -ra more <<<"${SKEP_JVM_OPTIONS:-}"
  render jvm.options
  [[ ${#more[@]} -eq 0 ]] || printf '%s\n' "${more[@]}"
}

escape_xml() {
  local value=${1//&/&amp;}
  value=${value//</&lt;}
  printf '%s' "${value//\"/&quot;}"
}

# The driver and the broker plug-in are seen by the whole server, so they lie in the domain's lib, and beside the plug-in the broker's own
# jars: the plug-in's loader must see them.
place_libraries() {
  cp "$cache/lib/postgresql.jar" "$domain/lib/"
  cp "$(plug_in)" "$domain/lib/skep-broker.jar"
  ln -sf "$cache"/payara6/glassfish/lib/install/applications/jmsra/*.jar "$domain/lib/"
}

plug_in() {
  echo "$repository"/payara-config/target/payara-config-*.jar
}

is_current_plug_in() {
  cmp -s "$(plug_in)" "$domain/lib/skep-broker.jar"
}

check_ports() {
  check_port "$http_port" HTTP
  check_port "$https_port" HTTPS
  check_port "$admin_port" administration
  check_port "$((base_port + 76))" "the broker's port mapper"
  check_port "$ssljms_port" "JMS over TLS"
}

start_payara() {
  pid_of payara >/dev/null && return 0
  check_ports
  place_libraries
  render preboot.asadmin >"$home/run/preboot.asadmin"
  export_configuration
  # Its own session, so that a signal to the caller's process group does not reach the server.
  setsid --wait timeout 320 "$asadmin" start-domain --timeout 300 --domaindir "$home/domain" \
    --prebootcommandfile "$home/run/preboot.asadmin" queen >"$home/logs/start-domain.log" 2>&1 </dev/null 8>&- ||
    die "Payara does not start; its logs are $home/logs/start-domain.log and $home/logs/payara/server.log"
  printf '%s\n' "$(cat "$domain/config/pid")" >"$home/run/payara.pid"
}

# MicroProfile Config reads these from the environment of the server's process.
export_configuration() {
  export SKEP_QUEEN_ID=$queen_id SKEP_NODE SKEP_DATA=$home/data
  export SKEP_PUBLIC_URL=${SKEP_PUBLIC_URL:-http://localhost:$http_port}
  export SKEP_BROKER_URL=${SKEP_BROKER_URL:-mqssl://$host:$ssljms_port/ssljms}
  export SKEP_RPC_URL=${SKEP_RPC_URL:-http://127.0.0.1:$chain_port}
  export SKEP_CHAIN_ID=${SKEP_CHAIN_ID:-31337}
  export SKEP_KEYS_FILE=${SKEP_KEYS_FILE:-$home/keys.mnemonic}
  export SKEP_KING_ENABLED=${SKEP_KING_ENABLED:-true}
  export SKEP_KING_INTERVAL_SECONDS=${king_interval:-${SKEP_KING_INTERVAL_SECONDS:-5}}
  export SKEP_OPERATORS=${SKEP_OPERATORS:-}
  if [[ $SKEP_CHAIN_ID == 31337 ]]; then export SKEP_DEPLOY_CONTRACTS=${SKEP_DEPLOY_CONTRACTS:-true}; fi
}

administer() { # administer LOG COMMAND...
  local log=$home/logs/$1.log
  shift
  "$asadmin" --user admin --passwordfile "$home/run/asadmin.passwords" --host 127.0.0.1 --port "$admin_port" "$@" >"$log" 2>&1 &&
    ! grep -qE 'failed\.$' "$log" || {
    grep -E 'failure|failed|error|WELD-' "$log" | head -20 >&2 || true
    die "asadmin $1 failed; the logs are $log and $home/logs/payara/server.log"
  }
}

configure() {
  is_current_domain && return 0
  { render server.asadmin && render resources.asadmin; } >"$home/run/commands.asadmin"
  administer configure multimode --file "$home/run/commands.asadmin"
  rm "$home/run/commands.asadmin"
  domain_hash >"$home/run/domain.hash"
}

deploy() {
  is_deployed && return 0
  rm -f "$home/run/deployed"
  administer deploy deploy --force=true --name skep "$ear"
  sha256sum <"$ear" >"$home/run/deployed"
}

# While an application loads, its readiness knows only some of its checks and may say UP: the queen's own API must answer too.
is_ready() {
  answers health/ready && { [[ $ear != *.ear ]] || answers api/queen; }
}

answers() {
  curl -fsS -o /dev/null -m 10 "http://127.0.0.1:$http_port/$1" 2>/dev/null
}

wait_until_ready() {
  local deadline=$((SECONDS + 300))
  until is_ready; do
    pid_of payara >/dev/null || die "Payara has ended; its log is $home/logs/payara/server.log"
    if [[ $SECONDS -ge $deadline ]]; then
      curl -sS -m 10 "http://127.0.0.1:$http_port/health/ready" >&2 || true
      die "the queen is not ready after 300 s; its log is $home/logs/payara/server.log"
    fi
    sleep 0.3
  done
}
