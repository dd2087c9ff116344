package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class SharedServerIT {
    @Test
    void a_test_has_a_superuser_and_an_ordinary_owner_whatever_the_server() {
        TestServer server = TestServer.shared();
        assertThat(server.superuser().truth("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isTrue();
        server.migrator().execute("CREATE TABLE of_the_owner ()", "DROP TABLE of_the_owner");
        assertThat(server.migrator().truth("SELECT pg_has_role('pg_monitor', 'usage')"))
                .isTrue();
    }

    @Test
    void an_image_that_is_named_is_the_one_that_is_used() {
        String image = System.getProperty("sandbox.image", "");
        if (image.isEmpty()) {
            System.out.println("no image of a server is tested: -Dsandbox.image=… names one, and .ci/image makes it");
        }
        assumeTrue(!image.isEmpty(), "no -Dsandbox.image");
        assertThat(TestServer.shared().origin()).isEqualTo("container " + image);
    }

    @Test
    void a_url_says_who_connects_where() {
        assertThat(TestServer.at(URI.create("postgresql://admin:se%40cret@db.example:6543/any")))
                .isEqualTo(new Login("db.example", 6543, "admin", "se@cret", "postgres"));
        assertThat(TestServer.at(URI.create("postgresql://admin@db.example/any")))
                .isEqualTo(new Login("db.example", 5432, "admin", "", "postgres"));
    }
}
