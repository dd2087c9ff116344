package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void reads_hosts_database_user_and_parameters() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://migrator@a.shop:5433,b.shop,[::1]:5434/shop?sslmode=verify-full&sslrootcert=/etc/ca%20x.pem");

        assertThat(url.hosts())
                .containsExactly(
                        new DatabaseUrl.Host("a.shop", 5433),
                        new DatabaseUrl.Host("b.shop", 5432),
                        new DatabaseUrl.Host("::1", 5434));
        assertThat(url.database()).isEqualTo("shop");
        assertThat(url.user()).isEqualTo("migrator");
        assertThat(url.sslMode()).isEqualTo("verify-full");
        assertThat(url.parameters()).isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/ca x.pem"));
    }

    @Test
    void reads_encoded_names() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://o%27brien%40x@localhost/my%20shop");

        assertThat(url.user()).isEqualTo("o'brien@x");
        assertThat(url.database()).isEqualTo("my shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://m@localhost/shop",
                "postgresql://m%40x@a:1,[::1]:2/my%20shop?sslmode=require&connect_timeout=3",
                "postgresql://m@localhost/a%2Fb%3Fc"
            })
    void is_written_so_that_it_reads_back(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(DatabaseUrl.parse(url.toString())).isEqualTo(url);
    }

    @Test
    void never_takes_or_shows_a_password() {
        for (String text : List.of(
                "postgresql://m:hunter2@localhost/shop",
                "postgresql://m:hun@ter2@localhost/shop",
                "postgresql://m:hun/ter2@localhost/shop",
                "postgresql://m:hunter2@localhost",
                "postgresql://m@localhost/shop?password=hunter2",
                "postgresql://m@localhost/shop?sslpassword=hunter2",
                "postgresql://m@localhost/shop?user=x&hunter2",
                "postgresql://m@hunter2:hunter2/shop",
                "m:hunter2@localhost/shop",
                "host=localhost password=hunter2")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> DatabaseUrl.parse(text))
                    .withMessageNotContaining("ter2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://m@localhost/shop",
                "postgresql://localhost/shop",
                "postgresql://m@localhost",
                "postgresql://m@localhost/",
                "postgresql://m@/shop",
                "postgresql://m@%2Fvar%2Frun/shop",
                "postgresql://m@a:0/shop",
                "postgresql://m@a:65536/shop",
                "postgresql://m@a:99999999999/shop",
                "postgresql://m@a/shop?sslmode=maybe",
                "postgresql://m@a/shop?options=-c",
                "postgresql://m@a/shop?sslmode=require&sslmode=disable",
                "postgresql://m@a/shop#x",
                "postgresql://m@a/sh%zzop",
                "postgresql://m@a/shop%"
            })
    void refuses_what_is_no_url(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(text))
                .withMessageStartingWith("expected ");
    }
}
