#!/bin/sh
# Runs once, when the data volume is empty: one role and its databases for Temporal, another for Gatehouse, and neither
# can connect to the other's.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<'SQL'
\getenv temporal_password TEMPORAL_DB_PASSWORD
\getenv gatehouse_password GATEHOUSE_DB_PASSWORD

-- Temporal's schema tool runs its CREATE DATABASE even for databases that exist, which needs CREATEDB.
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
CREATE ROLE gatehouse LOGIN PASSWORD :'gatehouse_password';

CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE DATABASE gatehouse OWNER gatehouse;

REVOKE CONNECT, TEMPORARY ON DATABASE temporal, temporal_visibility, gatehouse FROM PUBLIC;
SQL
