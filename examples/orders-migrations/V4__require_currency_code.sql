-- The validated constraint proves that no row is NULL, so this reads no table.
-- nightshift:allow COL-SET-NOT-NULL because V3 has validated orders_currency_filled
ALTER TABLE public.orders ALTER COLUMN currency_code SET NOT NULL;
ALTER TABLE public.orders DROP CONSTRAINT orders_currency_filled;
