# Sourced by bin/queen: the embedded chain, on loopback only.
# shellcheck shell=bash

start_anvil() {
  pid_of anvil >/dev/null && return 0
  anvil=$(foundry anvil)
  [[ -n $anvil ]] || die "no anvil: run bin/setup, or set ANVIL_BIN, or use another chain with SKEP_RPC_URL and SKEP_CHAIN_ID"
  check_port "$chain_port" "the embedded chain"
  make_keys
  keep_good_state
  launch_anvil
  wait_for_anvil
  fund_keys
}

# A phrase of this home's own. It is never on a command line, where every user could read it.
make_keys() {
  [[ -f $home/keys.mnemonic && -f $home/chain/accounts ]] && return 0
  local wallet=$home/chain/wallet.json pid
  rm -f "$wallet"
  timeout 60 "$anvil" --host 127.0.0.1 --port 0 --mnemonic-random 12 --config-out "$wallet" >/dev/null 2>&1 </dev/null 8>&- &
  pid=$!
  wait_until 30 jq -e .wallet.mnemonic "$wallet" || die "anvil did not write a wallet"
  kill "$pid"
  jq -r '.available_accounts[]' "$wallet" >"$home/chain/accounts"
  jq -r .wallet.mnemonic "$wallet" >"$home/keys.mnemonic.new"
  rm "$wallet"
  mv "$home/keys.mnemonic.new" "$home/keys.mnemonic"
}

# anvil rewrites its state every few seconds; a kill in the middle of that may leave half a file.
keep_good_state() {
  local state=$home/chain/state.json
  [[ -f $state ]] || return 0
  if jq -e .block "$state" >/dev/null 2>&1; then
    cp "$state" "$state.good"
  elif [[ -f $state.good ]]; then
    say "queen: the chain's state file is broken, going back to the one of the last start"
    cp "$state.good" "$state"
  else
    rm "$state"
  fi
}

launch_anvil() {
  setsid "$anvil" --host 127.0.0.1 --port "$chain_port" --chain-id 31337 --no-cors --accounts 1 \
    --block-time 1 --slots-in-an-epoch 2 --prune-history --enable-tx-gas-limit --gas-limit 30000000 \
    --state "$home/chain/state.json" --state-interval 5 </dev/null >"$home/logs/anvil.log" 2>&1 8>&- &
  echo $! >"$home/run/anvil.pid"
}

wait_for_anvil() {
  wait_until 60 chain_call eth_chainId || die "the embedded chain does not answer; its log is $home/logs/anvil.log"
}

chain_call() { # chain_call METHOD [PARAMETERS]
  curl -fsS -m 10 -H 'Content-Type: application/json' -d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$1\",\"params\":[${2:-}]}" \
    "http://127.0.0.1:$chain_port" 2>/dev/null | grep '"result"'
}

fund_keys() {
  local account
  while read -r account; do
    chain_call anvil_setBalance "\"$account\",\"0x21e19e0c9bab2400000\"" >/dev/null || die "funding $account failed"
  done <"$home/chain/accounts"
}
