ALTER TABLE public.orders ADD COLUMN currency_code text;
