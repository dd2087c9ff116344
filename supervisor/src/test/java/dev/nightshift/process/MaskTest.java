package dev.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void secrets_of_the_environment_are_taken_out_also_where_a_url_has_them() {
        Mask mask = Mask.of(Map.of(
                "PGPASSWORD", "p@ss word",
                "DATABASE_URL", "postgresql://me:p%40ss%20word@h:1/shop",
                "BROKER_URL", "amqp://bob:swordfish@queue/",
                "AWS_SECRET_ACCESS_KEY", "abc123",
                "HOME", "/home/me"));

        assertThat(mask.of("p@ss word p%40ss%20word p%40ss+word swordfish abc123 /home/me me"))
                .isEqualTo("••• ••• ••• ••• ••• /home/me me");
    }

    @Test
    void what_is_too_short_to_be_a_secret_takes_no_words_apart() {
        assertThat(Mask.of(Map.of("TOKENS", "on")).of("on and on")).isEqualTo("on and on");
    }
}
