package dev.nightshift.guards.lint.catalog;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What PostgreSQL's catalog says of its own functions, for where no database is at hand. */
public final class BuiltInFunctions {
    /** VOLATILE in one of their forms; some are of pgcrypto and uuid-ossp. */
    public static final Set<String> VOLATILE = names("""
            array_sample array_shuffle clock_timestamp currval gen_random_bytes gen_random_uuid gen_salt
            lastval nextval pg_sleep random random_normal set_config setseed setval timeofday
            txid_status uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7
            """);

    /** IMMUTABLE or STABLE in all their forms, by the catalog of PostgreSQL 18. */
    public static final Set<String> OWN_NOT_VOLATILE = names("""
            abbrev abs acldefault aclexplode acos acosd acosh age any_value area array_agg array_append
            array_cat array_dims array_fill array_length array_lower array_ndims array_position
            array_positions array_prepend array_remove array_replace array_reverse array_sort
            array_to_json array_to_string array_to_tsvector array_upper ascii asin asind asinh atan
            atan2 atan2d atand atanh avg bit bit_and bit_count bit_length bit_or bit_xor bool bool_and
            bool_or booland_statefunc boolor_statefunc bound_box box bpchar broadcast btrim bytea
            cardinality casefold cash_words cbrt ceil ceiling center char char_length character_length
            chr cidr circle col_description concat concat_ws convert convert_from convert_to corr cos
            cosd cosh cot cotd count covar_pop covar_samp crc32 crc32c cume_dist current_database
            current_schema current_schemas current_setting current_user database_to_xml
            database_to_xml_and_xmlschema database_to_xmlschema date date_add date_bin
            date_cmp_timestamp date_cmp_timestamptz date_part date_subtract date_trunc datemultirange
            daterange daterange_canonical daterange_subdiff decode degrees dense_rank dexp diagonal
            diameter div dlog1 dlog10 dround dtrunc encode enum_first enum_last enum_range erf erfc
            every exp extract factorial family first_value float4 float8 float8_avg float8_corr
            float8_covar_pop float8_covar_samp float8_regr_avgx float8_regr_avgy float8_regr_intercept
            float8_regr_r2 float8_regr_slope float8_regr_sxx float8_regr_sxy float8_regr_syy
            float8_stddev_pop float8_stddev_samp float8_var_pop float8_var_samp floor fmgr_c_validator
            fmgr_internal_validator fmgr_sql_validator format format_type gamma gcd generate_series
            generate_subscripts get_bit get_byte get_current_ts_config getdatabaseencoding getpgusername
            hash_aclitem hash_array hash_multirange hash_numeric hash_range hash_record hashbool
            hashbpchar hashbytea hashchar hashcid hashdate hashenum hashfloat4 hashfloat8 hashinet
            hashint2 hashint4 hashint8 hashmacaddr hashmacaddr8 hashname hashoid hashoidvector hashtext
            hashtid hashxid hashxid8 height host hostmask icu_unicode_version inet_client_addr
            inet_client_port inet_merge inet_same_family inet_server_addr inet_server_port initcap int2
            int2_sum int2int4_sum int4 int4_sum int4inc int4multirange int4range int4range_canonical
            int4range_subdiff int8 int8_avg int8_sum int8dec int8dec_any int8inc int8inc_any
            int8inc_float8_float8 int8multirange int8range int8range_canonical int8range_subdiff
            interval interval_hash is_normalized isclosed isempty isfinite ishorizontal isopen
            isparallel isperp isvertical json_agg json_agg_strict json_array_elements
            json_array_elements_text json_array_length json_build_array json_build_object json_each
            json_each_text json_object json_object_agg json_object_agg_strict json_object_agg_unique
            json_object_agg_unique_strict json_object_keys json_populate_record json_populate_recordset
            json_strip_nulls json_to_record json_to_recordset json_to_tsvector json_typeof jsonb_agg
            jsonb_agg_strict jsonb_array_elements jsonb_array_elements_text jsonb_array_length
            jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_hash jsonb_insert
            jsonb_object jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique
            jsonb_object_agg_unique_strict jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz
            jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array
            jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz
            jsonb_path_query_tz jsonb_populate_record jsonb_populate_record_valid
            jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls
            jsonb_to_record jsonb_to_recordset jsonb_to_tsvector jsonb_typeof justify_days justify_hours
            justify_interval lag last_value lcm lead left length lgamma like like_escape line ln log
            log10 lower lower_inc lower_inf lpad lseg ltrim macaddr macaddr8 macaddr8_set7bit make_date
            make_interval make_time make_timestamp make_timestamptz makeaclitem masklen max md5 min
            min_scale mod mode money multirange mxid_age name nameconcatoid netmask network normalize
            notlike now npoints nth_value ntile num_nonnulls num_nulls numeric numeric_div_trunc
            numeric_exp numeric_inc numeric_ln numeric_log numeric_sqrt nummultirange numnode numrange
            numrange_subdiff obj_description octet_length oid oidvectortypes overlaps overlay
            parse_ident path pclose percent_rank percentile_cont percentile_disc
            pg_available_extension_versions pg_available_extensions pg_backend_pid pg_basetype
            pg_char_to_encoding pg_client_encoding pg_collation_for pg_collation_is_visible
            pg_column_compression pg_column_is_updatable pg_column_size pg_column_toast_chunk_id
            pg_conf_load_time pg_config pg_conversion_is_visible pg_current_snapshot pg_current_xact_id
            pg_current_xact_id_if_assigned pg_cursor pg_describe_object pg_encoding_max_length
            pg_encoding_to_char pg_extension_update_paths pg_filenode_relation pg_function_is_visible
            pg_has_role pg_identify_object pg_identify_object_as_address pg_index_column_has_property
            pg_index_has_property pg_indexam_has_property pg_indexam_progress_phasename
            pg_input_error_info pg_input_is_valid pg_is_other_temp_schema pg_listening_channels pg_lsn
            pg_lsn_hash pg_mcv_list_items pg_my_temp_schema pg_numa_available pg_opclass_is_visible
            pg_operator_is_visible pg_opfamily_is_visible pg_options_to_table pg_partition_root
            pg_postmaster_start_time pg_prepared_statement pg_relation_filenode pg_relation_filepath
            pg_relation_is_publishable pg_relation_is_updatable pg_sequence_parameters
            pg_settings_get_flags pg_size_bytes pg_size_pretty pg_snapshot_xip pg_snapshot_xmax
            pg_snapshot_xmin pg_split_walfile_name pg_table_is_visible pg_tablespace_databases
            pg_tablespace_location pg_timezone_abbrevs_abbrevs pg_timezone_abbrevs_zone
            pg_timezone_names pg_trigger_depth pg_ts_config_is_visible pg_ts_dict_is_visible
            pg_ts_parser_is_visible pg_ts_template_is_visible pg_type_is_visible pg_typeof
            pg_visible_in_snapshot pg_wal_lsn_diff pg_walfile_name pg_walfile_name_offset
            phraseto_tsquery pi plainto_tsquery point polygon popen position postgresql_fdw_validator
            pow power querytree quote_ident quote_literal quote_nullable radians radius range_agg
            range_intersect_agg range_merge rank regclass regexp_count regexp_instr regexp_like
            regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
            regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
            regr_sxy regr_syy repeat replace reverse right round row_number row_security_active
            row_to_json rpad rtrim satisfies_hash_partition scale schema_to_xml
            schema_to_xml_and_xmlschema schema_to_xmlschema session_user set_bit set_byte set_masklen
            setweight sha224 sha256 sha384 sha512 shobj_description sign similar_escape
            similar_to_escape sin sind sinh slope split_part sqrt starts_with statement_timestamp stddev
            stddev_pop stddev_samp string_agg string_to_array string_to_table strip strpos substr
            substring sum system_user table_to_xml table_to_xml_and_xmlschema table_to_xmlschema tan
            tand tanh text textlen time time_hash timestamp timestamp_cmp_date timestamp_cmp_timestamptz
            timestamp_hash timestamptz timestamptz_cmp_date timestamptz_cmp_timestamp timestamptz_hash
            timetz timetz_hash timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb
            to_number to_oct to_regclass to_regcollation to_regnamespace to_regoper to_regoperator
            to_regproc to_regprocedure to_regrole to_regtype to_regtypemod to_timestamp to_tsquery
            to_tsvector transaction_timestamp translate trim_array trim_scale trunc ts_debug ts_delete
            ts_filter ts_headline ts_lexize ts_parse ts_rank ts_rank_cd ts_token_type tsmultirange
            tsquery_phrase tsrange tsrange_subdiff tstzmultirange tstzrange tstzrange_subdiff
            tsvector_to_array txid_current txid_current_if_assigned txid_current_snapshot
            txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin txid_visible_in_snapshot
            unicode_assigned unicode_version unistr unnest upper upper_inc upper_inf
            uuid_extract_timestamp uuid_extract_version uuid_hash var_pop var_samp varbit varchar
            variance version websearch_to_tsquery width width_bucket xid xml xml_is_well_formed
            xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment xmlconcat2
            xmlexists xmltext xmlvalidate xpath xpath_exists
            """);

    /** Of the extensions pgcrypto, uuid-ossp, unaccent, pg_trgm and hstore. */
    private static final Set<String> OF_EXTENSIONS = names("""
            armor crypt dearmor decrypt digest encrypt hmac hstore similarity unaccent uuid_generate_v3
            uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500
            """);

    private BuiltInFunctions() {}

    /** Whether every row gets the same value of it, as far as its arguments are the same. */
    public static boolean isNotVolatile(String name) {
        return OWN_NOT_VOLATILE.contains(name) || OF_EXTENSIONS.contains(name);
    }

    private static Set<String> names(String words) {
        return Arrays.stream(words.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
