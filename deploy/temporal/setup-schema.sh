#!/bin/sh
# Creates Temporal's two databases and brings them to the schema of this image's version. Safe to run again, also to
# upgrade. The connection is in the SQL_* variables of temporal-sql-tool.
set -eu

: "${SQL_HOST:?the host of PostgreSQL}" "${SQL_USER:?the user that owns the databases of Temporal}"
SCHEMA_DIR=${SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}

set_up() {
  temporal-sql-tool --db "$1" create
  temporal-sql-tool --db "$1" setup-schema -v 0.0
  temporal-sql-tool --db "$1" update-schema -d "$SCHEMA_DIR/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
