package dev.nightshift.postgres;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.TestServer;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.view.StatementTrace;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A server with a shop to trace statements in. */
record TracedServer(String name, FreshDatabase database, PgTracing tracing) {
    static final String[] SHOP = {
        "DROP SCHEMA IF EXISTS shop CASCADE",
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.t (id bigint, a int, b int NOT NULL, v varchar(10), r int4range)",
        "INSERT INTO shop.t SELECT g, g, g, g::text, int4range(g, g + 1) FROM generate_series(1, 500) g",
        "CREATE INDEX t_a ON shop.t (a)",
        "CREATE UNIQUE INDEX t_b ON shop.t (b)",
        "CREATE TABLE shop.b (id bigint PRIMARY KEY)",
        "CREATE TABLE shop.a (id bigint, b_id bigint, c_id bigint CONSTRAINT a_b_fk REFERENCES shop.b)",
        "INSERT INTO shop.b VALUES (1), (7)",
        "INSERT INTO shop.a VALUES (1, 1, 1)",
        "CREATE TABLE shop.p (id int, d date) PARTITION BY RANGE (d)",
        "CREATE TABLE shop.p1 PARTITION OF shop.p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
        "CREATE TABLE shop.c (id int, d date)",
        "INSERT INTO shop.c VALUES (1, '2026-01-05')",
        "CREATE MATERIALIZED VIEW shop.mv AS SELECT id FROM shop.b",
        "CREATE DOMAIN shop.price AS int",
        "CREATE TABLE shop.u (x shop.price)",
        "INSERT INTO shop.u VALUES (1)",
        "CREATE FUNCTION shop.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TABLE shop.pair (id bigint, x int)",
        "INSERT INTO shop.pair VALUES (1, 1), (2, 1)",
        "CREATE UNIQUE INDEX pair_id ON shop.pair (id)",
        "CREATE TYPE shop.mood AS ENUM ('a')"
    };

    private static final Vertx VERTX = EventLoops.create();

    /** The server of all tests; with {@code -Pversions} one of each major version that is supported. */
    static List<TracedServer> all() {
        return System.getProperty("sandbox.archives", "").isEmpty()
                ? List.of(on("the tests' PostgreSQL", TestServer.shared()))
                : IntStream.rangeClosed(14, 18)
                        .mapToObj(TracedServer::ofVersion)
                        .toList();
    }

    /** Ends with the JVM. */
    private static TracedServer ofVersion(int major) {
        Cluster cluster = Cluster.start(
                ClusterSettings.primaryOnly().bundled().version(major).set("wal_level", "logical"));
        TestServer server = new TestServer(
                "the sandbox",
                cluster.primary().superuser().in("postgres"),
                cluster.primary().migrator());
        return on("PostgreSQL " + major, server);
    }

    private static TracedServer on(String name, TestServer server) {
        FreshDatabase database = new FreshDatabase(server);
        return new TracedServer(
                name,
                database,
                new PgTracing(url -> PgSessions.of(
                        VERTX, url, Map.of("PGPASSWORD", database.migrator().password()))));
    }

    List<StatementTrace> trace(String script) {
        List<StatementTrace> traces = new ArrayList<>();
        tracing.trace(database.url(), List.of(Script.of("truth.sql", script)), traces::add);
        return traces;
    }

    @Override
    public String toString() {
        return name;
    }
}
