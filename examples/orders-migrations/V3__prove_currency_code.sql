ALTER TABLE public.orders VALIDATE CONSTRAINT orders_currency_filled;
