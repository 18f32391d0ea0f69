/**
 * Functions of PostgreSQL and of its usual extensions that only compute, or only look, and that no family of names covers.
 * Source: the catalogue of PostgreSQL and the manual's chapters on functions.
 */
export const POSTGRES_READING: ReadonlySet<string> = new Set(
  `abbrev abs aclcontains acldefault aclexplode aclinsert aclremove acos acosd acosh age akeys any_value
    approximate_row_count area armor array_agg array_append array_cat array_dims array_fill array_length
    array_lower array_ndims array_position array_positions array_prepend array_remove array_replace
    array_reverse array_sample array_shuffle array_sort array_to_json array_to_string array_to_tsvector
    array_upper ascii asin asind asinh atan atan2 atan2d atand atanh avals avg bit bit_and bit_count bit_length
    bit_or bit_xor bool bool_and bool_or boolean bound_box box bpchar broadcast btrim bytea cardinality casefold
    cash_words cbrt ceil ceiling center char char_length character_length chr cidr circle clock_timestamp
    coalesce col_description concat concat_ws convert convert_from convert_to corr cos cosd cosh cosine_distance
    cot cotd count covar_pop covar_samp crc32 crc32c crypt cube cube_dim cube_distance cume_dist
    current_database current_query current_schema current_schemas current_setting current_user currval
    daitch_mokotoff database_to_xml database_to_xml_and_xmlschema database_to_xmlschema date date_bin date_part
    date_trunc datemultirange daterange dearmor decode decrypt defined degrees dense_rank diagonal diameter
    difference digest div dmetaphone dmetaphone_alt each earth earth_box earth_distance encode encrypt
    enum_first enum_last enum_range erf erfc every exist exists exp extract factorial family first_value float4
    float8 floor format format_type gamma gc_to_sec gcd gen_random_bytes gen_random_uuid gen_salt
    generate_series generate_subscripts get_bit get_byte get_current_ts_config getdatabaseencoding getpgusername
    greatest grouping height hmac host hostmask hstore hstore_to_array hstore_to_json hstore_to_jsonb
    hypertable_size hypopg hypopg_create_index hypopg_drop_index hypopg_get_indexdef hypopg_list_indexes
    hypopg_relation_size hypopg_reset inet_client_addr inet_client_port inet_merge inet_same_family
    inet_server_addr inet_server_port initcap inner_product int2 int4 int4inc int4multirange int4range int8
    int8multirange int8range interpolate interval is_normalized isclosed isempty isfinite ishorizontal isopen
    isparallel isperp isvertical json json_scalar json_serialize jsonb justify_days justify_hours
    justify_interval l2_distance l2_normalize lag last_value lastval latitude lca lcm lead least left length
    levenshtein levenshtein_less_equal lgamma like like_escape line ll_to_earth ln lo_get lo_tell lo_tell64 locf
    log log10 longitude loread lower lower_inc lower_inf lpad lseg ltree2text ltrim macaddr macaddr8
    macaddr8_set7bit make_date make_interval make_time make_timestamp make_timestamptz makeaclitem masklen max
    md5 merge_action metaphone min min_scale mod mode money multirange mxid_age name nameconcatoid netmask
    network nlevel normal_rand normalize notlike now npoints nth_value ntile nullif num_nonnulls num_nulls
    numeric numeric_div_trunc numeric_exp numeric_inc numeric_ln numeric_log numeric_sqrt nummultirange numnode
    numrange obj_description octet_length oid oidvectortypes overlaps overlay parse_ident path pclose
    percent_rank percentile_cont percentile_disc pgp_pub_decrypt pgp_pub_encrypt pgp_sym_decrypt pgp_sym_encrypt
    pgstatindex pgstattuple pgstattuple_approx phraseto_tsquery pi plainto_tsquery point polygon popen position
    pow power querytree quote_ident quote_literal quote_nullable radians radius random random_normal range_agg
    range_intersect_agg range_merge rank regclass regcollation regconfig regdictionary regexp_count regexp_instr
    regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
    regexp_substr regnamespace regoper regoperator regproc regprocedure regrole regtype repeat replace reverse
    right round row_number row_security_active row_to_json rpad rtrim scale schema_to_xml
    schema_to_xml_and_xmlschema schema_to_xmlschema sec_to_gc session_user set_bit set_byte set_masklen
    setweight sha224 sha256 sha384 sha512 shobj_description show_limit show_trgm sign similar_escape
    similar_to_escape similarity sin sind sinh skeys slope soundex split_part sqrt statement_timestamp stddev
    stddev_pop stddev_samp strict_word_similarity string_agg string_to_array string_to_table strip strpos
    subltree subpath substr substring sum svals table_to_xml table_to_xml_and_xmlschema table_to_xmlschema tan
    tand tanh text text2ltree textlen time time_bucket time_bucket_gapfill timeofday timestamp timestamptz
    timetz timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number to_oct to_regclass
    to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype
    to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim_array trim_scale trunc ts_debug
    ts_delete ts_filter ts_headline ts_lexize ts_parse ts_rank ts_rank_cd ts_rewrite ts_token_type tsmultirange
    tsquery tsquery_phrase tsrange tstzmultirange tstzrange tsvector tsvector_to_array txid_current
    txid_current_if_assigned txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin
    txid_status txid_visible_in_snapshot unaccent unistr unnest upper upper_inc upper_inf uuid
    uuid_extract_timestamp uuid_extract_version uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3
    uuid_generate_v4 uuid_generate_v5 uuid_nil uuidv4 uuidv7 var_pop var_samp varbit varchar variance
    vector_dims vector_norm version websearch_to_tsquery width width_bucket word_similarity xid xml
    xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment xmlexists
    xmlvalidate xpath xpath_exists`.split(/\s+/),
);
