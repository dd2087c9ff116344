package dev.nightshift.sandbox;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One connection of the shop's application and what it does over it; after a failure it connects again. */
final class ShopSession implements AutoCloseable {
    private static final String READ = "SELECT public_id, customer_id, amount, status FROM public.orders WHERE id = ?";
    private static final String INSERT = """
            INSERT INTO public.orders (public_id, customer_id, amount, currency, status, note, created_at)
            VALUES (?, ?, ?, 'EUR', 'paid', 'Leave it at the door, please.', now())""";
    private static final String INSERT_WITH_TOTAL =
            INSERT.replace("created_at)", "created_at, total_cents)").replace("now())", "now(), ?)");
    private static final String UPDATE =
            "UPDATE public.orders SET status = ?, note = 'Changed by the customer on the phone.' WHERE id = ?";
    private static final String DELETE = "DELETE FROM public.orders WHERE id = ?";
    private static final String[] STATES = {"paid", "shipped", "delivered", "returned"};

    private final Login login;
    private final LoadSettings settings;
    private final long orders;
    private final Random random;
    private @Nullable Connection connection;

    ShopSession(Login login, LoadSettings settings, long orders, Random random) {
        this.login = login;
        this.settings = settings;
        this.orders = orders;
        this.random = random;
    }

    /** One operation, of a kind that the mix decides. */
    void operate() throws SQLException {
        LoadSettings.Mix mix = settings.mix();
        int kind = random.nextInt(mix.sum());
        if (kind < mix.reads()) {
            read();
        } else if (kind < mix.reads() + mix.inserts()) {
            insert();
        } else if (kind < mix.reads() + mix.inserts() + mix.updates()) {
            change(UPDATE, STATES[random.nextInt(STATES.length)], anOrder());
        } else {
            change(DELETE, anOrder());
        }
    }

    private void read() throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(READ)) {
            statement.setLong(1, anOrder());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
        }
    }

    private void insert() throws SQLException {
        long cents = random.nextLong(100, 400_000);
        UUID id = UUID.randomUUID();
        Object customer = 1L + random.nextInt(50_000);
        if (settings.totals()) {
            change(INSERT_WITH_TOTAL, id, customer, BigDecimal.valueOf(cents, 2), cents);
        } else {
            change(INSERT, id, customer, BigDecimal.valueOf(cents, 2));
        }
    }

    private void change(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private long anOrder() {
        return 1 + (long) (random.nextDouble() * orders);
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = login.connect("shop");
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was lost before, which is why it is closed.
            }
        }
    }
}
