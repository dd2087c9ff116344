package dev.nightshift.sandbox;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL for tests that need a server and no control over its processes: the one that {@code TEST_POSTGRES_URL}
 * names, else a container where an engine answers, else the sandbox.
 *
 * @param origin which of the three it is
 * @param superuser in database {@code postgres}
 * @param migrator the same ordinary role as in a {@link Cluster}, in its database {@code shop}
 */
public record TestServer(String origin, Login superuser, Login migrator) {

    /** {@code postgresql://superuser:password@host:port/postgres}; tests create a role, and databases that they drop. */
    public static final String URL_VARIABLE = "TEST_POSTGRES_URL";

    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    /** {@code -Dsandbox.image=…}: any image that takes what the official one takes. */
    private static final String IMAGE = System.getProperty("sandbox.image", "postgres:15-alpine");

    /** One server for all tests of a JVM; it ends with the JVM. */
    private static final class Shared {
        static final TestServer SERVER = open();
    }

    public static TestServer shared() {
        return Shared.SERVER;
    }

    private static TestServer open() {
        TestServer server = Optional.ofNullable(System.getenv(URL_VARIABLE))
                .filter(url -> !url.isBlank())
                .map(url -> prepared(URL_VARIABLE, at(URI.create(url))))
                .or(TestServer::inContainer)
                .orElseGet(TestServer::inSandbox);
        System.out.println("tests use PostgreSQL " + server.superuser.text("SHOW server_version") + " of "
                + server.origin + " at " + server.superuser);
        return server;
    }

    static Login at(URI url) {
        String user = Optional.ofNullable(url.getUserInfo()).orElse("postgres:");
        int colon = user.indexOf(':');
        return new Login(
                url.getHost(),
                url.getPort() < 0 ? 5432 : url.getPort(),
                colon < 0 ? user : user.substring(0, colon),
                colon < 0 ? "" : user.substring(colon + 1),
                "postgres");
    }

    private static Optional<TestServer> inContainer() {
        if (!mayHaveEngine()) {
            // Without this look the library would take seconds to find out the same.
            System.out.println("no container engine is set up here (DOCKER_HOST, " + ENGINE + "), so the sandbox");
            return Optional.empty();
        }
        try {
            return Optional.of(prepared("container " + IMAGE, Container.start()));
        } catch (RuntimeException | LinkageError e) {
            System.out.println("no container of " + IMAGE + ", so the sandbox: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean mayHaveEngine() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(ENGINE)
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"));
    }

    private static TestServer inSandbox() {
        Cluster cluster = Cluster.start(ClusterSettings.primaryOnly().set("wal_level", "logical"));
        return new TestServer(
                "the sandbox",
                cluster.primary().superuser().in("postgres"),
                cluster.primary().migrator());
    }

    /** Gives any server the role and the database that a sandbox has. */
    private static TestServer prepared(String origin, Login superuser) {
        String password = UUID.randomUUID().toString();
        String role = Cluster.MIGRATOR;
        boolean known = superuser.truth("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", role);
        superuser.execute(
                (known ? "ALTER" : "CREATE") + " ROLE " + role + " LOGIN PASSWORD '" + password + "'",
                "GRANT pg_monitor TO " + role);
        if (!superuser.truth("SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)", Cluster.DATABASE)) {
            superuser.execute("CREATE DATABASE " + Cluster.DATABASE + " OWNER " + role);
        }
        Login migrator = new Login(superuser.host(), superuser.port(), role, password, Cluster.DATABASE);
        return new TestServer(origin, superuser, migrator);
    }

    /** Apart, so that the library need not be there. */
    private static final class Container {
        // Ends with the JVM; the library removes it.
        @SuppressWarnings("resource")
        static Login start() {
            PostgreSQLContainer container = new PostgreSQLContainer(
                            DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                    .withUsername("postgres")
                    .withPassword("postgres")
                    .withDatabaseName("postgres")
                    .withCommand("postgres", "-c", "wal_level=logical", "-c", "track_commit_timestamp=on");
            container.start();
            return new Login(container.getHost(), container.getFirstMappedPort(), "postgres", "postgres", "postgres");
        }
    }
}
