#!/bin/sh
# Registers the namespace and the search attributes that Gatehouse's workflows set. Safe to run again; a changed
# retention is applied. The address and the namespace are in the TEMPORAL_* variables of the temporal command.
set -eu

: "${TEMPORAL_ADDRESS:?host:port of the Temporal server}" "${TEMPORAL_NAMESPACE:?the namespace to register}"
: "${RETENTION:?how long histories of finished actions stay, e.g. 90d}"

# An open port is not yet a server that serves, and a new namespace is known everywhere only after a moment.
attempt() {
  tries=1
  until "$@"; do
    if [ "$tries" -ge 60 ]; then
      echo "Gave up after $tries attempts: $*" >&2
      exit 1
    fi
    tries=$((tries + 1))
    sleep 1
  done
}

attempt temporal operator cluster health

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  attempt temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
else
  attempt temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi

attempt temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name GatehouseAgent --type Keyword \
  --name GatehouseAction --type Keyword \
  --name GatehouseOutcome --type Keyword \
  --name GatehouseStatus --type Keyword \
  --name GatehouseSeverity --type Keyword \
  --name GatehousePolicy --type Keyword
