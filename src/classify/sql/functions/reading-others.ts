/**
 * Functions of MySQL, Oracle and Redshift, and of dialects that share their names, that only compute or only look. Stored
 * functions of these databases may write, so that what is not known is not vouched for. Source: their manuals.
 */
export const OTHERS_READING: ReadonlySet<string> = new Set(
  `adddate addtime aes_decrypt aes_encrypt any_value bin bin_to_uuid bit_count cast char character_length charset coercibility
    collation compress concat concat_ws connection_id conv convert convert_tz cot crc32 curdate current_date current_role
    current_time current_timestamp curtime database date date_add date_format date_sub datediff day dayname dayofmonth dayofweek
    dayofyear default elt export_set extractvalue field find_in_set format format_bytes format_pico_time found_rows
    from_base64 from_days from_unixtime geomcollection geometrycollection get_format group_concat grouping hex hour if ifnull
    in inet6_aton inet6_ntoa inet_aton inet_ntoa insert instr interval is_ipv4 is_ipv6 is_uuid isnull json_array
    json_array_append json_array_insert json_arrayagg json_contains json_contains_path json_depth json_extract json_insert
    json_keys json_length json_merge json_merge_patch json_merge_preserve json_objectagg json_overlaps json_quote json_remove
    json_replace json_schema_valid json_search json_set json_storage_size json_table json_type json_unquote json_valid
    json_value last_day last_insert_id lcase linestring localtime localtimestamp locate log2 make_set makedate maketime match
    maxdb mbrcontains mbrcovers mbrequals mbrintersects mbroverlaps mbrwithin member_of microsecond mid minute month monthname
    multilinestring multipoint multipolygon name_const not now oct ord password period_add period_diff pi point pow
    ps_current_thread_id ps_thread_id quarter quote rand random_bytes regexp_instr regexp_like regexp_replace regexp_substr
    row_count schema sec_to_time second session_user sha sha1 sha2 soundex space statement_digest statement_digest_text std
    stddev_pop str_to_date strcmp subdate substring_index subtime sysdate system_user time_format time_to_sec timediff
    timestampadd timestampdiff to_base64 to_days to_seconds trim truncate ucase uncompress uncompressed_length unhex
    unix_timestamp updatexml user utc_date utc_time utc_timestamp uuid uuid_short uuid_to_bin validate_password_strength values
    version week weekday weekofyear weight_string year yearweek
    add_months bitand cardinality chartorowid collect dbtimezone decode dump empty_blob empty_clob extract from_tz
    greatest hextoraw initcap json_exists json_query least listagg lnnvl median months_between nanvl new_time next_day nls_initcap
    nls_lower nls_upper nlssort numtodsinterval numtoyminterval nvl nvl2 ora_hash powermultiset rawtohex ratio_to_report
    remainder rowidtochar rowidtonchar sessiontimezone set stddev sys_connect_by_path sys_context sys_extract_utc sys_guid
    systimestamp to_binary_double to_binary_float to_blob to_clob to_dsinterval to_lob to_multi_byte to_nchar to_nclob
    to_number to_single_byte to_timestamp_tz to_yminterval tz_offset uid unistr userenv vsize wm_concat xmlagg xmlelement
    xmlforest xmlquery xmltable regr_slope
    abs approximate approx_count_distinct approx_distinct approx_percentile approx_quantiles array_agg arbitrary bool_and bool_or
    bpcharcmp bttext_pattern_cmp btrim charindex checksum count_if countif convert_timezone crc32 date_cmp date_diff date_part
    date_part_year date_trunc dateadd datepart datename farmhash64 fnv_hash from_hex from_iso8601_date from_iso8601_timestamp
    func_sha1 getdate getutcdate hll iif interval_cmp is_valid_json is_valid_json_array isdate isnumeric json_extract_array_element_text
    json_extract_path_text json_extract_scalar json_format json_parse json_parse_json len listaggdistinct max_by min_by newid
    parse_json percentile_approx replicate safe_cast safe_divide safe_offset sequence sha1 split split_to_array strtol
    strleft strright stuff sum_if sumif timeofday to_hex to_iso8601 try_cast try_convert try_parse url_extract_host
    url_extract_parameter url_extract_path json_array_get element_at map map_agg map_keys map_values cosine_similarity
    typeof changes total_changes last_insert_rowid sqlite_version sqlite_source_id printf unicode likely unlikely likelihood
    zeroblob total group_concat julianday strftime unixepoch datetime glob instr json_each json_tree json_patch json_group_array
    json_group_object json_pretty json_error_position bm25 highlight snippet randomblob nth_value iif pragma_table_info
    pragma_table_list pragma_index_list pragma_index_info pragma_foreign_key_list pragma_database_list generate_date_array
    generate_array generate_timestamp_array generate_uuid format_date format_datetime format_timestamp parse_date
    parse_datetime parse_timestamp array_concat array_reverse timestamp_trunc timestamp_diff timestamp_add timestamp_sub
    datetime_trunc datetime_diff datetime_add datetime_sub date_from_unix_date unix_seconds unix_millis unix_micros
    timestamp_seconds timestamp_millis timestamp_micros ifnull div ieee_divide starts_with ends_with contains_substr st_geogpoint
    to_json_string json_value_array json_query_array logical_and logical_or string_agg struct
    getdate eomonth choose object_id object_name db_name db_id schema_name schema_id type_name suser_sname suser_name
    user_name host_name serverproperty databaseproperty databasepropertyex objectproperty columnproperty col_name col_length
    index_col indexproperty parsename quotename patindex concat_ws string_split string_escape openjson json_modify isjson
    scope_identity ident_current ident_seed ident_incr rowcount_big count_big checksum_agg hashbytes compressed newsequentialid
    sysdatetime sysutcdatetime sysdatetimeoffset switchoffset todatetimeoffset datefromparts datetimefromparts
    error_message error_number error_line has_perms_by_name is_member is_rolemember is_srvrolemember stdev stdevp var varp
    zeroifnull nullifzero to_variant to_object to_array flatten object_construct array_construct get_path get_ddl iff
    booland boolor startswith endswith contains hash md5_hex sha1_hex sha2_hex randstr uniform seq4 seq8 monthname dayname
    time_slice ratio_to_report boolor_agg booland_agg generator table_function try_to_number try_to_date try_to_timestamp`.split(
    /\s+/,
  ),
);
