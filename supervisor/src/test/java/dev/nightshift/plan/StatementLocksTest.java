package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link StatementLocksIT} holds those that run in a transaction against a real server. */
class StatementLocksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY \"S\".T (a) | SHARE UPDATE EXCLUSIVE on \"S\".t",
                "DROP INDEX CONCURRENTLY public.i | SHARE UPDATE EXCLUSIVE on the index's table",
                "DROP INDEX public.i | ACCESS EXCLUSIVE on the index and its table",
                "REINDEX TABLE CONCURRENTLY t | SHARE UPDATE EXCLUSIVE on the table of each index",
                "VACUUM (ANALYZE) t | SHARE UPDATE EXCLUSIVE on each table while its turn lasts",
                "VACUUM FULL t | ACCESS EXCLUSIVE on each table while its turn lasts",
                "ANALYZE | SHARE UPDATE EXCLUSIVE on each table while its turn lasts",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY public.v | EXCLUSIVE on public.v",
                "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"a\" SET NOT NULL | ACCESS EXCLUSIVE on public.t",
                "DO $$ DECLARE n int; BEGIN LOCK TABLE \"S\".\"t\" IN ACCESS EXCLUSIVE MODE; END $$ | ACCESS EXCLUSIVE on \"S\".t",
                "TRUNCATE a, b | ACCESS EXCLUSIVE on the tables it names"
            })
    void tells_what_is_certain(String sql, String lock) {
        assertThat(StatementLocks.of(StatementStep.one(sql))).singleElement().hasToString(lock);
    }

    @Test
    void a_concurrent_detach_ends_with_the_partition_alone() {
        assertThat(StatementLocks.of(StatementStep.one("ALTER TABLE public.t DETACH PARTITION public.p CONCURRENTLY")))
                .containsExactly(
                        new TableLock("SHARE UPDATE EXCLUSIVE", "public.t"),
                        new TableLock("ACCESS EXCLUSIVE", "public.p at the end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t SET (autovacuum_enabled = off)",
                "ALTER TABLE t ADD c int",
                "ALTER TABLE",
                "ALTER SYSTEM RESET ALL",
                "CREATE TABLE t (a int)",
                "CREATE INDEX",
                "DO $$ BEGIN END $$",
                "DO $$ BEGIN IF now() > now() THEN BEGIN LOCK TABLE s.t IN SHARE MODE; END; END IF; END $$",
                "DO $$ BEGIN IF true THEN LOCK TABLE s.t IN SHARE MODE; END IF; END $$",
                "CALL p()",
                "GRANT SELECT ON t TO u",
                "DROP VIEW v",
                "SELECT 1 FOR UPDATE"
            })
    void says_nothing_where_the_text_alone_cannot_tell(String sql) {
        assertThat(StatementLocks.of(StatementStep.one(sql))).isEmpty();
    }
}
