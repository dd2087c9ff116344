package dev.nightshift.postgres;

import java.util.List;
import java.util.Map;

/** What PostgreSQL itself shows of what each rule says. */
final class LintTruths {
    /**
     * Statements that a rule flags, and what a trace shows of the last of them.
     *
     * @param locks at least these
     * @param rewrote exactly these
     * @param scanned exactly these, with all that the statement reads as a whole
     */
    record Truth(String rule, String sql, List<String> locks, List<String> rewrote, List<String> scanned) {

        static Truth of(String rule, String sql, String... locks) {
            return new Truth(rule, sql, List.of(locks), List.of(), List.of());
        }

        Truth rewriting(String... relations) {
            return new Truth(rule, sql, locks, List.of(relations), scanned);
        }

        Truth scanning(String... tables) {
            return new Truth(rule, sql, locks, rewrote, List.of(tables));
        }

        @Override
        public String toString() {
            return rule + ": " + sql;
        }
    }

    /** A statement that a rule flags; of those that show why, run one by one, the last fails like that. */
    record Failing(String rule, String sql, String sqlState, List<String> statements) {
        static Failing of(String rule, String sql, String sqlState, String... statements) {
            return new Failing(rule, sql, sqlState, List.of(statements));
        }
    }

    /**
     * A statement that a rule flags, and a question that is true once some are carried out; the failures of those do not
     * count.
     *
     * @param after whether the question is asked in another session, when the first is over
     */
    record Shown(String rule, String sql, boolean after, String question, List<String> statements) {
        static Shown within(String rule, String sql, String question, String... statements) {
            return new Shown(rule, sql, false, question, List.of(statements));
        }

        static Shown after(String rule, String sql, String question, String... statements) {
            return new Shown(rule, sql, true, question, List.of(statements));
        }
    }

    /** The rules that say nothing of which a server could show whether it is so. */
    static final Map<String, String> NOTHING_TO_MEASURE = Map.of(
            "IDX-WIDE-OR-HASH", "advice on what an index is worth",
            "OPAQUE-DYNAMIC-SQL", "says only that the linter cannot read it",
            "REPL-DDL-ON-PUBLISHED", "its harm is done at the subscriber",
            "ABORT-PLAN-MISSING", "says what a plan lacks, not what a statement does");

    private LintTruths() {}

    static List<Truth> traced() {
        String exclusive = "ACCESS EXCLUSIVE on shop.t";
        return List.of(
                Truth.of("IDX-CREATE-NONCONCURRENT", "CREATE INDEX i ON shop.t (id)", "SHARE on shop.t")
                        .scanning("shop.t"),
                Truth.of("IDX-DROP-NONCONCURRENT", "DROP INDEX shop.t_a", exclusive, "ACCESS EXCLUSIVE on shop.t_a"),
                Truth.of(
                                "IDX-REINDEX-NONCONCURRENT",
                                "REINDEX TABLE shop.t",
                                "SHARE on shop.t",
                                "ACCESS EXCLUSIVE on shop.t_a")
                        .rewriting("shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                                "COL-ADD-VOLATILE-DEFAULT",
                                "ALTER TABLE shop.t ADD COLUMN k uuid DEFAULT gen_random_uuid()",
                                exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                                "COL-ADD-STORED-GENERATED",
                                "ALTER TABLE shop.t ADD COLUMN k int GENERATED ALWAYS AS (a * 2) STORED",
                                exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("COL-ADD-SERIAL-IDENTITY", "ALTER TABLE shop.t ADD COLUMN n bigserial", exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                        "COL-ADD-INLINE-CONSTRAINT",
                        "ALTER TABLE shop.t ADD COLUMN c bigint REFERENCES shop.b (id)",
                        exclusive,
                        "SHARE ROW EXCLUSIVE on shop.b"),
                Truth.of("COL-TYPE-CHANGE", "ALTER TABLE shop.t ALTER COLUMN a TYPE bigint", exclusive)
                        .rewriting("shop.t", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("COL-SET-NOT-NULL", "ALTER TABLE shop.t ALTER COLUMN a SET NOT NULL", exclusive)
                        .scanning("shop.t"),
                Truth.of("COL-DROP", "ALTER TABLE shop.t DROP COLUMN v", exclusive),
                Truth.of("COL-RENAME", "ALTER TABLE shop.t RENAME COLUMN a TO z", exclusive),
                Truth.of(
                                "CON-FK-VALIDATING",
                                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id)",
                                "SHARE ROW EXCLUSIVE on shop.a",
                                "SHARE ROW EXCLUSIVE on shop.b")
                        .scanning("shop.a", "shop.b"),
                Truth.of("CON-CHECK-VALIDATING", "ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0)", exclusive)
                        .scanning("shop.t"),
                Truth.of("CON-UNIQUE-PK-BUILD", "ALTER TABLE shop.t ADD CONSTRAINT k UNIQUE (a)", exclusive)
                        .scanning("shop.t"),
                Truth.of(
                                "CON-EXCLUSION",
                                "ALTER TABLE shop.t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)",
                                exclusive)
                        .scanning("shop.t"),
                Truth.of(
                        "CON-DROP-FK-HIDDEN-LOCK",
                        "ALTER TABLE shop.a DROP CONSTRAINT a_b_fk",
                        "ACCESS EXCLUSIVE on shop.a",
                        "ACCESS EXCLUSIVE on shop.b"),
                Truth.of("TBL-DROP", "DROP TABLE shop.t CASCADE", exclusive),
                Truth.of("TBL-TRUNCATE", "TRUNCATE shop.t", exclusive).rewriting("shop.t", "shop.t_a", "shop.t_b"),
                Truth.of("TBL-RENAME", "ALTER TABLE shop.t RENAME TO z", exclusive),
                Truth.of("TBL-REWRITE-CMD", "ALTER TABLE shop.t SET UNLOGGED", exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("TBL-EXPLICIT-LOCK", "LOCK TABLE shop.t", exclusive),
                Truth.of("TBL-CTAS-LARGE", "CREATE TABLE shop.copy AS SELECT * FROM shop.t", "ACCESS SHARE on shop.t")
                        .scanning("shop.t"),
                Truth.of(
                                "PART-ATTACH-UNPROVEN",
                                "ALTER TABLE shop.p ATTACH PARTITION shop.c FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                                "ACCESS EXCLUSIVE on shop.c",
                                "SHARE UPDATE EXCLUSIVE on shop.p")
                        .scanning("shop.c"),
                Truth.of(
                        "PART-CREATE-OF",
                        "CREATE TABLE shop.p2 PARTITION OF shop.p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                        "ACCESS EXCLUSIVE on shop.p"),
                Truth.of(
                        "PART-DETACH-NONCONCURRENT",
                        "ALTER TABLE shop.p DETACH PARTITION shop.p1",
                        "ACCESS EXCLUSIVE on shop.p",
                        "ACCESS EXCLUSIVE on shop.p1"),
                Truth.of("MV-REFRESH-BLOCKING", "REFRESH MATERIALIZED VIEW shop.mv", "ACCESS EXCLUSIVE on shop.mv")
                        .rewriting("shop.mv")
                        .scanning("shop.b"),
                Truth.of(
                                "DOM-CONSTRAINT",
                                "ALTER DOMAIN shop.price ADD CONSTRAINT k CHECK (VALUE > 0)",
                                "SHARE on shop.u")
                        .scanning("shop.u"),
                Truth.of(
                        "TRG-CHANGE",
                        "CREATE TRIGGER g BEFORE INSERT ON shop.t FOR EACH ROW EXECUTE FUNCTION shop.f()",
                        "SHARE ROW EXCLUSIVE on shop.t"),
                Truth.of("RLS-POLICY", "ALTER TABLE shop.t ENABLE ROW LEVEL SECURITY", exclusive),
                Truth.of("REPL-IDENTITY", "ALTER TABLE shop.t REPLICA IDENTITY FULL", exclusive),
                Truth.of("DML-UNBOUNDED", "UPDATE shop.t SET a = 0", "ROW EXCLUSIVE on shop.t")
                        .scanning("shop.t"),
                Truth.of(
                                "CON-VALIDATE-SAME-TXN",
                                "ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, VALIDATE CONSTRAINT c",
                                exclusive)
                        .scanning("shop.t"),
                Truth.of(
                                "CON-PK-USING-INDEX-NULLABLE",
                                "ALTER TABLE shop.pair ADD CONSTRAINT k_pk PRIMARY KEY USING INDEX pair_id",
                                "ACCESS EXCLUSIVE on shop.pair")
                        .scanning("shop.pair"),
                Truth.of(
                                "CON-FK-NO-INDEX",
                                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id) NOT VALID; ALTER TABLE shop.a DROP CONSTRAINT a_b_fk; DELETE FROM shop.b WHERE id = 7",
                                "ROW EXCLUSIVE on shop.b")
                        .scanning("shop.a"),
                Truth.of(
                        "CON-MULTI-FK-TXN",
                        "CREATE TABLE shop.n (b_id bigint REFERENCES shop.b, k_id bigint REFERENCES shop.pair (id))",
                        "SHARE ROW EXCLUSIVE on shop.b",
                        "SHARE ROW EXCLUSIVE on shop.pair"),
                Truth.of(
                                "TXN-MULTI-TABLE-LOCKS",
                                "TRUNCATE shop.t, shop.pair",
                                exclusive,
                                "ACCESS EXCLUSIVE on shop.pair")
                        .rewriting("shop.pair", "shop.pair_id", "shop.t", "shop.t_a", "shop.t_b"),
                Truth.of(
                                "STMT-COMBINE",
                                "ALTER TABLE shop.t ALTER a SET NOT NULL; ALTER TABLE shop.t ALTER id SET NOT NULL",
                                exclusive)
                        .scanning("shop.t"),
                Truth.of("PLPGSQL-BODY", "DO $$ BEGIN ALTER TABLE shop.t DROP COLUMN v; END $$", exclusive));
    }

    static List<Failing> failing() {
        return List.of(
                Failing.of(
                        "IDX-CONCURRENT-IN-TXN",
                        "BEGIN; CREATE INDEX CONCURRENTLY i ON shop.t (a); COMMIT",
                        "25001",
                        "BEGIN",
                        "CREATE INDEX CONCURRENTLY i ON shop.t (a)"),
                Failing.of(
                        "COL-ADD-REQUIRED",
                        "ALTER TABLE shop.t ADD COLUMN x int NOT NULL",
                        "23502",
                        "ALTER TABLE shop.t ADD COLUMN x int NOT NULL"),
                Failing.of(
                        "COL-SHORT-INT",
                        "CREATE TABLE shop.n (id smallserial PRIMARY KEY, x int)",
                        "2200H",
                        "CREATE TABLE shop.n (id smallserial PRIMARY KEY, x int)",
                        "SELECT setval('shop.n_id_seq', 32767)",
                        "INSERT INTO shop.n (x) VALUES (1)"),
                Failing.of(
                        "COL-TYPE-CHOICE",
                        "CREATE TABLE shop.n (j json)",
                        "42883",
                        "CREATE TABLE shop.n (j json)",
                        "SELECT DISTINCT j FROM shop.n"),
                Failing.of(
                        "ENUM-ADD-VALUE",
                        "BEGIN; ALTER TYPE shop.mood ADD VALUE 'b' AFTER 'a'; SELECT 'b'::shop.mood; COMMIT",
                        "55P04",
                        "BEGIN",
                        "ALTER TYPE shop.mood ADD VALUE 'b' AFTER 'a'",
                        "SELECT 'b'::shop.mood"),
                Failing.of(
                        "ENUM-RENAME-VALUE",
                        "ALTER TYPE shop.mood RENAME VALUE 'a' TO 'b'",
                        "22P02",
                        "ALTER TYPE shop.mood RENAME VALUE 'a' TO 'b'",
                        "SELECT 'a'::shop.mood"),
                Failing.of(
                        "DML-DUP-ASSIGN",
                        "UPDATE shop.t SET a = 1, a = 2 WHERE id = 1",
                        "42601",
                        "UPDATE shop.t SET a = 1, a = 2 WHERE id = 1"),
                Failing.of(
                        "SESSION-UNSAFE-GUC",
                        "SET default_transaction_read_only = on",
                        "25006",
                        "SET default_transaction_read_only = on",
                        "CREATE TABLE shop.n (a int)"),
                Failing.of(
                        "NOT-RERUNNABLE",
                        "CREATE TABLE shop.n (a int)",
                        "42P07",
                        "CREATE TABLE shop.n (a int)",
                        "CREATE TABLE shop.n (a int)"),
                Failing.of("PSQL-META", "\\d shop.t", "42601", "\\d shop.t"));
    }

    static List<Shown> shown() {
        String held =
                "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'shop.t'::regclass AND mode = 'AccessExclusiveLock')";
        return List.of(
                Shown.after(
                        "IDX-CONCURRENT-NOT-RERUNNABLE",
                        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS bad ON shop.pair (x)",
                        "SELECT NOT indisvalid FROM pg_index WHERE indexrelid = 'shop.bad'::regclass",
                        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS bad ON shop.pair (x)",
                        "DELETE FROM shop.pair WHERE id = 2",
                        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS bad ON shop.pair (x)"),
                Shown.within(
                        "DML-WITH-DDL-TXN",
                        "BEGIN; ALTER TABLE shop.t ADD x int; UPDATE shop.pair SET x = 2 WHERE id = 1; COMMIT",
                        held,
                        "BEGIN",
                        "ALTER TABLE shop.t ADD x int",
                        "UPDATE shop.pair SET x = 2 WHERE id = 1"),
                Shown.within(
                        "TXN-HOLDS-EXCLUSIVE",
                        "BEGIN; ALTER TABLE shop.t ADD x int; SELECT count(*) FROM shop.pair; COMMIT",
                        held,
                        "BEGIN",
                        "ALTER TABLE shop.t ADD x int",
                        "SELECT count(*) FROM shop.pair"),
                Shown.after(
                        "DML-BATCH-NOT-KEYSET",
                        "DELETE FROM shop.t WHERE id NOT IN (SELECT x FROM shop.pair)",
                        "SELECT count(*) = 500 FROM shop.t",
                        "INSERT INTO shop.pair VALUES (3, NULL)",
                        "DELETE FROM shop.t WHERE id NOT IN (SELECT x FROM shop.pair)"),
                Shown.within(
                        "TXN-LOCK-TIMEOUT-MISSING",
                        "ALTER TABLE shop.t ADD x int",
                        "SELECT current_setting('lock_timeout') = '0'"),
                Shown.within(
                        "TXN-STATEMENT-TIMEOUT",
                        "ALTER TABLE shop.t ADD x int",
                        "SELECT current_setting('statement_timeout') = '0'"),
                Shown.after(
                        "TXN-UNBALANCED",
                        "BEGIN; CREATE TABLE shop.n (a int)",
                        "SELECT to_regclass('shop.n') IS NULL",
                        "BEGIN",
                        "CREATE TABLE shop.n (a int)"),
                Shown.after(
                        "GRANT-BROAD",
                        "GRANT SELECT ON shop.t TO PUBLIC",
                        "SELECT has_table_privilege('pg_monitor', 'shop.t', 'SELECT')",
                        "GRANT USAGE ON SCHEMA shop TO PUBLIC",
                        "GRANT SELECT ON shop.t TO PUBLIC"),
                Shown.after(
                        "NAME-TOO-LONG",
                        "ALTER TABLE shop.t ADD " + "x".repeat(64) + " int",
                        "SELECT EXISTS (SELECT FROM pg_attribute WHERE attname = repeat('x', 63))",
                        "ALTER TABLE shop.t ADD " + "x".repeat(64) + " int"),
                Shown.after(
                        "NAME-UNQUALIFIED",
                        "CREATE TABLE z (a int)",
                        "SELECT to_regclass('shop.z') IS NOT NULL",
                        "SET search_path = shop",
                        "CREATE TABLE z (a int)"));
    }
}
