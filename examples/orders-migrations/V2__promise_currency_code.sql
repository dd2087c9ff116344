ALTER TABLE public.orders ADD CONSTRAINT orders_currency_filled CHECK (currency_code IS NOT NULL) NOT VALID;
