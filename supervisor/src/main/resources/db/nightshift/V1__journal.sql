-- The journal of Nightshift. Every table has a primary key: a publication FOR ALL TABLES must be able to take
-- its updates. Instants are those of this database's clock.

CREATE TABLE nightshift.lease (
    id                integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    holder            text        NOT NULL,
    token             uuid        NOT NULL,
    epoch             bigint      NOT NULL,
    expires_at        timestamptz NOT NULL,
    system_identifier text        NOT NULL,
    database_oid      bigint      NOT NULL,
    timeline          integer     NOT NULL,
    server_address    text        NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE nightshift.lease IS 'The one supervisor that may act on this database, until expires_at.';

CREATE TABLE nightshift.runs (
    id             text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{6}$'),
    plan_name      text        NOT NULL,
    plan_hash      text        NOT NULL,
    plan_source    text        NOT NULL,
    plan_file      text        NOT NULL,
    state          text        NOT NULL DEFAULT 'planned' CHECK (state IN (
                       'planned', 'waiting', 'preflight', 'backup', 'working', 'holding', 'parked', 'finishing',
                       'succeeded', 'aborting', 'aborted', 'abort-incomplete', 'failed', 'unclear')),
    detail         jsonb       NOT NULL DEFAULT '{}',
    pinned         jsonb,
    findings       jsonb,
    moves          bigint      NOT NULL DEFAULT 0,
    priority       integer     NOT NULL DEFAULT 0,
    submitted_on   jsonb,
    again          text,
    created_by     text        NOT NULL,
    created_from   text        NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    moved_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at     timestamptz,
    ended_at       timestamptz,
    started_lsn    pg_lsn,
    ended_lsn      pg_lsn,
    CHECK ((ended_at IS NOT NULL) = (state IN ('succeeded', 'aborted', 'abort-incomplete', 'failed')))
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX one_active_run ON nightshift.runs ((true)) WHERE ended_at IS NULL AND state <> 'planned';
CREATE UNIQUE INDEX one_run_a_plan ON nightshift.runs (plan_hash) WHERE ended_at IS NULL;
COMMENT ON TABLE nightshift.runs IS 'One row a run; detail holds what the state carries: holders, cause, failure, question or what is left.';
COMMENT ON COLUMN nightshift.runs.findings IS 'What the linter found in the plan before the run was begun; null where it did not look.';
COMMENT ON COLUMN nightshift.runs.moves IS 'Raised with every change of state; a supervisor moves a run only from the number it read.';

COMMENT ON COLUMN nightshift.runs.state IS 'planned is the queue: such a run is not active, and no lease is needed to change it.';
COMMENT ON COLUMN nightshift.runs.submitted_on IS 'The server that it was submitted on, as nightshift.this_server() has it; null for one that began at once.';
COMMENT ON COLUMN nightshift.runs.again IS 'Why a plan that had succeeded was submitted once more.';

-- By what a restored or cloned database is told from the one that it came from.
CREATE FUNCTION nightshift.this_server() RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT jsonb_build_object(
        'system', (SELECT c.system_identifier::text FROM pg_control_system() c),
        'database', (SELECT d.oid::bigint FROM pg_database d WHERE d.datname = current_database()),
        'timeline', CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
        'address', host(inet_server_addr()))
$$;

-- An address tells nothing where one of the two is that of a socket or a loopback.
CREATE FUNCTION nightshift.is_this_server(other jsonb) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT other IS NULL OR (here - 'address' = other - 'address'
        AND (here ->> 'address' IS NOT DISTINCT FROM other ->> 'address'
            OR coalesce(here ->> 'address', '::1') ~ '^(127\.|::1$)' OR coalesce(other ->> 'address', '::1') ~ '^(127\.|::1$)'))
    FROM nightshift.this_server() AS here
$$;

CREATE TABLE nightshift.approvals (
    run_id        text        NOT NULL REFERENCES nightshift.runs,
    person        text        NOT NULL,
    plan_hash     text        NOT NULL,
    approved_by   text        NOT NULL,
    approved_from text        NOT NULL,
    reason        text        NOT NULL,
    approved_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, person)
);
COMMENT ON TABLE nightshift.approvals IS 'Who has approved the plan of a run, by its hash; that of who submitted it does not count.';

CREATE TABLE nightshift.steps (
    run_id     text    NOT NULL REFERENCES nightshift.runs,
    part       text    NOT NULL CHECK (part IN ('work', 'abort')),
    ordinal    integer NOT NULL CHECK (ordinal >= 0),
    name       text    NOT NULL,
    kind       text    NOT NULL,
    class      text    NOT NULL CHECK (class IN ('pausable', 'cancel-only', 'atomic')),
    state      text    NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'running', 'asking', 'done', 'failed', 'unclear')),
    rows_total bigint,
    detail     jsonb   NOT NULL DEFAULT '{}',
    wal        bigint NOT NULL DEFAULT 0,
    wal_from   pg_lsn,
    started_at timestamptz,
    begun_at   timestamptz,
    ended_at   timestamptz,
    PRIMARY KEY (run_id, ordinal),
    UNIQUE (run_id, name)
) WITH (fillfactor = 50);
COMMENT ON COLUMN nightshift.steps.ordinal IS 'Counts through the work steps and on through the abort steps, from 0.';
COMMENT ON COLUMN nightshift.steps.rows_total IS 'Rows that the step expects to change: an estimate by a sample, or a count of a sweep.';
COMMENT ON COLUMN nightshift.steps.begun_at IS 'When a worker began it last; detail.cut_off has the seconds after which the window''s end cut it off.';
COMMENT ON COLUMN nightshift.steps.wal IS 'WAL bytes of the whole server while a statement or a migration of this step ran: an upper bound of its own.';
COMMENT ON COLUMN nightshift.steps.wal_from IS 'While one runs: the position that has been counted up to.';

CREATE TABLE nightshift.workloads (
    run_id     text    NOT NULL REFERENCES nightshift.runs,
    step       integer NOT NULL,
    namespace  text    NOT NULL,
    kind       text    NOT NULL CHECK (kind IN ('deployment', 'statefulset')),
    name       text    NOT NULL,
    replicas   integer NOT NULL CHECK (replicas >= 0),
    images     jsonb   NOT NULL DEFAULT '{}',
    keep_down  boolean NOT NULL,
    asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    stopped_at timestamptz,
    back_at    timestamptz,
    refused    text,
    PRIMARY KEY (run_id, step, namespace, kind, name)
) WITH (fillfactor = 50);
COMMENT ON TABLE nightshift.workloads IS 'What a run stops on Kubernetes: written before it is stopped, with the replicas to bring back. Down until back_at.';
COMMENT ON COLUMN nightshift.workloads.images IS 'By container, what it had before the run gave it another one.';
COMMENT ON COLUMN nightshift.workloads.refused IS 'Why it cannot be brought back: a person has to.';
CREATE INDEX workloads_down ON nightshift.workloads (run_id) WHERE back_at IS NULL;

CREATE TABLE nightshift.claims (
    run_id text    NOT NULL REFERENCES nightshift.runs,
    lane   integer NOT NULL DEFAULT 0,
    epoch  bigint  NOT NULL DEFAULT 0,
    token  uuid,
    step   integer NOT NULL DEFAULT -1,
    cursor jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (run_id, lane)
) WITH (fillfactor = 10);
COMMENT ON TABLE nightshift.claims IS 'The step row: who may work (epoch and token), on which step, and how far it got. Every batch updates it first.';

CREATE TABLE nightshift.progress (
    run_id    text    NOT NULL REFERENCES nightshift.runs,
    step      integer NOT NULL,
    lane      integer NOT NULL DEFAULT 0,
    rows      bigint  NOT NULL DEFAULT 0,
    batches   bigint  NOT NULL DEFAULT 0,
    wal       bigint  NOT NULL DEFAULT 0,
    last_at   timestamptz,
    PRIMARY KEY (run_id, step, lane)
) WITH (fillfactor = 10);
COMMENT ON TABLE nightshift.progress IS 'Rows changed so far, counted in the statement that changed them.';
COMMENT ON COLUMN nightshift.progress.wal IS 'WAL bytes of the whole server while the batches ran: an upper bound of their own.';

CREATE UNLOGGED TABLE nightshift.permits (
    run_id      text PRIMARY KEY,
    lease_token uuid        NOT NULL,
    wal_rate    bigint      CHECK (wal_rate > 0),
    before_step integer,
    valid_until timestamptz NOT NULL,
    revoked     boolean     NOT NULL DEFAULT false
) WITH (fillfactor = 10);
COMMENT ON TABLE nightshift.permits IS 'Unlogged on purpose: a permit never outlives the server that granted it. wal_rate is bytes a second, null is unlimited; the step before_step may not begin, null is any may.';

CREATE UNLOGGED TABLE nightshift.heartbeats (
    run_id    text PRIMARY KEY,
    epoch     bigint      NOT NULL,
    host      text        NOT NULL,
    pid       bigint      NOT NULL,
    beat_at   timestamptz NOT NULL,
    activity  text        NOT NULL,
    pace      jsonb       NOT NULL DEFAULT '{}'
) WITH (fillfactor = 10);
COMMENT ON TABLE nightshift.heartbeats IS 'The last sign of life of each run''s worker, and what it is doing.';

CREATE UNLOGGED TABLE nightshift.glances (
    run_id text PRIMARY KEY,
    at     timestamptz NOT NULL,
    glance jsonb       NOT NULL
) WITH (fillfactor = 10);
COMMENT ON TABLE nightshift.glances IS 'What the supervisor saw and decided last: pace, replicas, guards. For status only.';

CREATE TABLE nightshift.intents (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id      text        NOT NULL REFERENCES nightshift.runs,
    kind        text        NOT NULL CHECK (kind IN ('pause', 'resume', 'abort', 'retry', 'approve')),
    immediate   boolean     NOT NULL DEFAULT false,
    reason      text        NOT NULL,
    asked_by    text        NOT NULL,
    asked_from  text        NOT NULL,
    asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    observed_at timestamptz,
    outcome     text,
    key         text UNIQUE,
    alert       boolean     NOT NULL DEFAULT false,
    refused     boolean     NOT NULL DEFAULT false,
    role        text        NOT NULL DEFAULT session_user,
    address     text        NOT NULL DEFAULT coalesce(host(inet_client_addr()), 'local socket'),
    CHECK ((observed_at IS NULL) = (outcome IS NULL)),
    CHECK (outcome IS NOT NULL OR NOT refused)
);
COMMENT ON TABLE nightshift.intents IS 'What was asked of runs, by whom, and what came of it; kept for good.';
COMMENT ON COLUMN nightshift.intents.refused IS 'Written down to be remembered only: nobody carries it out.';
COMMENT ON COLUMN nightshift.intents.role IS 'Who asked as this server knows it, with address; asked_by and asked_from are what the asker says.';
COMMENT ON COLUMN nightshift.intents.key IS 'What a program that may ask twice calls this one; null where nobody does.';
COMMENT ON COLUMN nightshift.intents.alert IS 'Asked on the account of the alert that asked_by names: a pause is its own hold.';
CREATE INDEX intents_unobserved ON nightshift.intents (run_id, id) WHERE observed_at IS NULL;

CREATE TABLE nightshift.freezes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reason      text        NOT NULL CHECK (reason ~ '\S'),
    frozen_by   text        NOT NULL,
    frozen_from text        NOT NULL,
    frozen_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    until       timestamptz CHECK (until > frozen_at),
    thawed_at   timestamptz,
    thawed_by   text,
    thawed_from text,
    thaw_reason text,
    CHECK ((thawed_at IS NULL) = (thawed_by IS NULL))
);
COMMENT ON TABLE nightshift.freezes IS 'Change freezes of this database: while one is on, no run may work here. Who and why, for good.';
CREATE INDEX freezes_not_thawed ON nightshift.freezes (id) WHERE thawed_at IS NULL;
CREATE VIEW nightshift.frozen AS
    SELECT f.id, f.reason, f.frozen_by, f.frozen_from, f.frozen_at, f.until FROM nightshift.freezes f
    WHERE f.thawed_at IS NULL AND (f.until IS NULL OR f.until > clock_timestamp());
COMMENT ON VIEW nightshift.frozen IS 'The freezes that are on now; the database is frozen while there is one.';

CREATE TABLE nightshift.backups (
    id           text PRIMARY KEY,
    run_id       text        NOT NULL REFERENCES nightshift.runs,
    kind         text        NOT NULL CHECK (kind IN ('dump', 'command', 'snapshot', 'external')),
    state        text        NOT NULL CHECK (state IN ('running', 'verified', 'failed', 'outdated', 'pruned')),
    location     text        NOT NULL,
    verification text        NOT NULL,
    max_age      interval,
    bytes        bigint,
    snapshot_lsn pg_lsn,
    catalog_hash text,
    detail       jsonb       NOT NULL DEFAULT '{}',
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    verified_at  timestamptz,
    CHECK (state IN ('outdated', 'pruned') OR (state = 'verified') = (verified_at IS NOT NULL))
);
COMMENT ON COLUMN nightshift.backups.started_at IS 'When it was begun, or what an earlier one holds: its age counts from here.';
COMMENT ON COLUMN nightshift.backups.max_age IS 'How old it may be when its run begins to write; null where the plan does not say.';
CREATE UNIQUE INDEX one_verified_backup_a_run ON nightshift.backups (run_id) WHERE state = 'verified';

CREATE SEQUENCE nightshift.events_id;
CREATE TABLE nightshift.events (
    id      bigint      NOT NULL DEFAULT nextval('nightshift.events_id'),
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    run_id  text        NOT NULL,
    kind    text        NOT NULL,
    subject text        NOT NULL DEFAULT '',
    message text        NOT NULL,
    detail  jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (run_id, id, at)
) PARTITION BY RANGE (at);
COMMENT ON TABLE nightshift.events IS 'Everything that a person would want to read later: moves, throttles, commands, steps, incidents.';

CREATE TABLE nightshift.receivers (
    name  text PRIMARY KEY,
    since bigint NOT NULL,
    upto  bigint NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE nightshift.receivers IS 'Who is told what happens: behind which event that began, and up to which the history was looked through.';

CREATE TABLE nightshift.deliveries (
    receiver  text        NOT NULL REFERENCES nightshift.receivers,
    event_id  bigint      NOT NULL,
    run_id    text        NOT NULL REFERENCES nightshift.runs,
    event_at  timestamptz NOT NULL,
    happening text        NOT NULL,
    told_as   bigint      NOT NULL,
    state     text        NOT NULL CHECK (state IN ('due', 'told', 'given-up', 'passed-over')),
    made_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at  timestamptz,
    answer    text        NOT NULL DEFAULT '',
    PRIMARY KEY (receiver, event_id)
) WITH (fillfactor = 70);
CREATE INDEX deliveries_due ON nightshift.deliveries (receiver, told_as) WHERE state = 'due';
COMMENT ON TABLE nightshift.deliveries IS 'What became of each event that a receiver is to be told.';
COMMENT ON COLUMN nightshift.deliveries.told_as IS 'The event whose message this one is told in; several are told in that of the last.';

CREATE TABLE nightshift.readings (
    at      timestamptz      NOT NULL,
    run_id  text             NOT NULL,
    signal  text             NOT NULL,
    subject text             NOT NULL,
    value   double precision NOT NULL,
    PRIMARY KEY (run_id, signal, subject, at)
) PARTITION BY RANGE (at);
COMMENT ON TABLE nightshift.readings IS 'Values of signals, in seconds, bytes or counts as the signal says.';

-- Weekly partitions: made ahead of time whenever a supervisor begins, far enough for the longest run, and dropped as a whole once everything in them is older than `keep`.
CREATE FUNCTION nightshift.keep_partitions(keep interval) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
    parent text;
    week   timestamptz;
    old    record;
BEGIN
    DELETE FROM nightshift.deliveries d WHERE d.made_at < clock_timestamp() - keep;
    FOREACH parent IN ARRAY ARRAY['events', 'readings'] LOOP
        FOR ahead IN -1..8 LOOP
            week := date_trunc('week', clock_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + ahead * interval '168 hours';
            EXECUTE format('CREATE TABLE IF NOT EXISTS nightshift.%I PARTITION OF nightshift.%I FOR VALUES FROM (%L) TO (%L)',
                parent || '_' || to_char(week AT TIME ZONE 'UTC', 'YYYYMMDD'), parent, week, week + interval '168 hours');
        END LOOP;
        FOR old IN
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = ('nightshift.' || parent)::regclass
        LOOP
            -- Not in the WHERE: the planner may read the week out of the name of any relation there is.
            IF to_timestamp(right(old.relname, 8), 'YYYYMMDD') + interval '168 hours' < clock_timestamp() - keep THEN
                EXECUTE format('DROP TABLE nightshift.%I', old.relname);
            END IF;
        END LOOP;
    END LOOP;
END $$;
SELECT nightshift.keep_partitions(interval '30 days');

-- Ends the sessions of a run's worker before anybody knows of the abort, so never those of its abort plan. Where the owner of
-- the journal may not, the supervisor does it a moment later.
CREATE FUNCTION nightshift.end_work(run text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity a
    WHERE a.pid <> pg_backend_pid() AND (starts_with(a.application_name, 'nightshift/' || end_work.run || '/')
        OR EXISTS (SELECT FROM nightshift.steps s
                   CROSS JOIN LATERAL jsonb_to_recordset(s.detail -> 'sessions') AS t (pid integer, start timestamptz)
                   WHERE s.run_id = end_work.run AND t.pid = a.pid AND t.start = a.backend_start))
      AND NOT EXISTS (SELECT FROM nightshift.runs r WHERE r.id = end_work.run AND r.state = 'aborting');
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$;

-- What people may ask, without any right on the tables: GRANT EXECUTE to a role of operators.
CREATE FUNCTION nightshift.ask(kind text, reason text, run text DEFAULT NULL, immediate boolean DEFAULT false,
                               asked_by text DEFAULT NULL, asked_from text DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    target text := run;
    intent bigint;
BEGIN
    -- Until the end of the caller's transaction: its commit must not wait for a synchronous standby that is away.
    PERFORM set_config('synchronous_commit', 'local', true);
    IF target IS NULL THEN
        SELECT r.id INTO target FROM nightshift.runs r WHERE r.ended_at IS NULL AND r.state <> 'planned';
    END IF;
    IF target IS NULL THEN
        RAISE EXCEPTION 'no run is active in this database' USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO nightshift.intents (run_id, kind, immediate, reason, asked_by, asked_from)
    VALUES (target, ask.kind, ask.immediate, ask.reason, coalesce(ask.asked_by, session_user),
            coalesce(ask.asked_from, host(inet_client_addr()), 'local socket'))
    RETURNING id INTO intent;
    IF ask.kind IN ('pause', 'abort') THEN
        UPDATE nightshift.permits p SET valid_until = '-infinity' WHERE p.run_id = target;
    END IF;
    IF ask.kind = 'abort' AND ask.immediate THEN
        PERFORM nightshift.end_work(target);
    END IF;
    RETURN intent;
END $$;

-- A key that was used before asks for nothing again: the number is that of the first.
CREATE FUNCTION nightshift.ask_once(key text, alert boolean, kind text, reason text, run text, immediate boolean, asked_by text,
                                    asked_from text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    intent bigint := (SELECT i.id FROM nightshift.intents i WHERE i.key = ask_once.key);
BEGIN
    IF intent IS NULL THEN
        BEGIN
            intent := nightshift.ask(kind, reason, run, immediate, asked_by, asked_from);
            UPDATE nightshift.intents i SET key = ask_once.key, alert = ask_once.alert WHERE i.id = intent;
        EXCEPTION WHEN unique_violation THEN
            intent := (SELECT i.id FROM nightshift.intents i WHERE i.key = ask_once.key);
        END;
    END IF;
    RETURN intent;
END $$;

-- Remembers what somebody asked for and was refused, so that nobody carries it out; whoever asks again and again is written
-- down once in ten seconds.
CREATE FUNCTION nightshift.refused(kind text, reason text, run text, immediate boolean, asked_by text, asked_from text, why text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'local', true);
    INSERT INTO nightshift.intents (kind, reason, run_id, immediate, asked_by, asked_from, observed_at, outcome, refused)
    SELECT refused.kind, refused.reason, refused.run, refused.immediate, refused.asked_by, refused.asked_from, clock_timestamp(),
           'refused: ' || refused.why, true
    WHERE NOT EXISTS (SELECT FROM nightshift.intents i
        WHERE i.refused AND i.run_id = refused.run AND i.kind = refused.kind AND i.asked_by = refused.asked_by
          AND i.asked_at > clock_timestamp() - interval '10 seconds');
END $$;

CREATE FUNCTION nightshift.pause(reason text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT nightshift.ask('pause', reason) $$;

CREATE FUNCTION nightshift.resume(reason text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT nightshift.ask('resume', reason) $$;

-- What happens to the whole database stands in the history of each run that is under way. It must not fail where nobody
-- made a partition for today.
CREATE FUNCTION nightshift.tell_runs(kind text, message text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO nightshift.events (run_id, kind, message)
    SELECT r.id, tell_runs.kind, tell_runs.message FROM nightshift.runs r WHERE r.ended_at IS NULL;
EXCEPTION WHEN check_violation THEN
    NULL;
END $$;

-- No further batch begins when this is committed; each freeze holds until its own end or until somebody thaws.
CREATE FUNCTION nightshift.freeze_for(reason text, until timestamptz, asked_by text, asked_from text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who text := coalesce(asked_by, session_user);
    place text := coalesce(asked_from, host(inet_client_addr()), 'local socket');
    number bigint;
BEGIN
    PERFORM set_config('synchronous_commit', 'local', true);
    SELECT f.id INTO number FROM nightshift.frozen f
    WHERE f.reason = freeze_for.reason AND f.frozen_by = who AND f.until IS NOT DISTINCT FROM freeze_for.until LIMIT 1;
    IF number IS NULL THEN
        INSERT INTO nightshift.freezes (reason, frozen_by, frozen_from, until)
        VALUES (freeze_for.reason, who, place, freeze_for.until) RETURNING id INTO number;
        PERFORM nightshift.tell_runs('frozen', who || ' from ' || place || ': ' || freeze_for.reason || coalesce('; until '
            || to_char(freeze_for.until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', ''));
    END IF;
    UPDATE nightshift.permits p SET valid_until = '-infinity';
    RETURN number;
END $$;

-- Ends every freeze that is on, whoever froze; says how many there were.
CREATE FUNCTION nightshift.thaw_for(reason text, asked_by text, asked_from text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    who text := coalesce(asked_by, session_user);
    place text := coalesce(asked_from, host(inet_client_addr()), 'local socket');
    ended bigint;
BEGIN
    PERFORM set_config('synchronous_commit', 'local', true);
    UPDATE nightshift.freezes f
    SET thawed_at = clock_timestamp(), thawed_by = who, thawed_from = place, thaw_reason = thaw_for.reason
    WHERE f.thawed_at IS NULL AND (f.until IS NULL OR f.until > clock_timestamp());
    GET DIAGNOSTICS ended = ROW_COUNT;
    IF ended > 0 THEN
        PERFORM nightshift.tell_runs('thawed', who || ' from ' || place || ': ' || thaw_for.reason);
    END IF;
    RETURN ended;
END $$;

CREATE FUNCTION nightshift.freeze(reason text, until timestamptz DEFAULT NULL) RETURNS bigint LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT nightshift.freeze_for(reason, until, NULL, NULL) $$;

CREATE FUNCTION nightshift.thaw(reason text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT nightshift.thaw_for(reason, NULL, NULL) $$;

-- Ends the permit for good, then raises the epoch, which waits for the batch in flight: when this returns, nothing of
-- the worker can commit any more.
CREATE FUNCTION nightshift.abort(reason text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
    intent bigint := nightshift.ask('abort', reason);
    target text := (SELECT i.run_id FROM nightshift.intents i WHERE i.id = intent);
BEGIN
    UPDATE nightshift.permits p SET revoked = true, valid_until = '-infinity' WHERE p.run_id = target;
    UPDATE nightshift.claims c SET epoch = c.epoch + 1, token = NULL WHERE c.run_id = target;
    RETURN intent;
END $$;

REVOKE ALL ON FUNCTION nightshift.end_work, nightshift.ask, nightshift.ask_once, nightshift.refused, nightshift.pause,
    nightshift.resume, nightshift.abort, nightshift.keep_partitions, nightshift.this_server, nightshift.is_this_server,
    nightshift.freeze_for, nightshift.thaw_for, nightshift.freeze, nightshift.thaw, nightshift.tell_runs FROM PUBLIC;
