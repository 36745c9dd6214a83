-- Every event tells what was changed since the one before, row by row and in the words of the database itself, so that
-- the history alone is enough to have the desk again, and so that a row that was changed behind its back is found.

-- What was changed in a transaction and is not told yet. A row lives here from a change to its event, and no longer.
CREATE UNLOGGED TABLE articles_untold (
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    place bigint GENERATED ALWAYS AS IDENTITY,
    desk_id uuid NOT NULL,
    told jsonb NOT NULL,
    PRIMARY KEY (tx, place)
);
-- It is empty between transactions, and stays small only where what was in it is cleared away soon.
ALTER TABLE articles_untold SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- A new row is told whole, a changed one by the columns that differ. The argument of the trigger is a column of bytes,
-- which are told by the SHA-256 beside them. An arrival is read once: what was read is not told with each correction.
CREATE FUNCTION tell_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    columns jsonb;
    before jsonb;
    desk uuid;
BEGIN
    IF TG_NARGS > 0 THEN
        NEW.content := '';
    END IF;
    IF TG_TABLE_NAME = 'articles_arrival' AND TG_OP = 'UPDATE' THEN
        IF OLD.draft IS NOT NULL THEN
            NEW.draft := NULL;
            OLD.draft := NULL;
        END IF;
    END IF;
    columns := to_jsonb(NEW);
    desk := columns ->> CASE TG_TABLE_NAME WHEN 'articles_desk' THEN 'id' ELSE 'desk_id' END;
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD);
        SELECT jsonb_object_agg(key, value) INTO columns
        FROM jsonb_each(columns) WHERE value IS DISTINCT FROM before -> key;
    END IF;
    IF columns IS NOT NULL THEN
        INSERT INTO articles_untold (desk_id, told) VALUES (
            desk, jsonb_build_object('table', TG_TABLE_NAME, 'id', NEW.id, 'set', CASE TG_NARGS WHEN 0 THEN columns ELSE columns - TG_ARGV END));
    END IF;
    RETURN NULL;
END $$;

-- On COMMIT nothing is left to tell.
CREATE FUNCTION change_is_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_untold WHERE tx = NEW.tx AND place = NEW.place) THEN
        RAISE EXCEPTION 'A change of % % came after the last event of its transaction.', NEW.told ->> 'table', NEW.told ->> 'id'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_is_told';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER change_is_told AFTER INSERT ON articles_untold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_is_told();

-- As in history.sql, with "rows": what was changed since the event before it.
CREATE OR REPLACE FUNCTION append_event(
    p_desk uuid, p_actor uuid, p_action text, p_kind text, p_subject uuid, p_data jsonb, p_request uuid
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head articles_chainhead;
    moment timestamptz;
    words text;
    link bytea;
    told jsonb;
BEGIN
    -- From here on no timeout may strike: a cancelled COMMIT would be unknown, not undone.
    PERFORM set_config('statement_timeout', '0', true);
    IF p_actor IS NOT NULL AND NOT EXISTS (
        SELECT FROM articles_membership
        WHERE desk_id = p_desk AND person_id = p_actor AND ended_at IS NULL AND role <> 'reader'
    ) THEN
        RAISE EXCEPTION 'Only a member of the desk who is more than a reader can change its records.'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'event_by_a_member';
    END IF;

    SELECT * INTO STRICT head FROM articles_chainhead WHERE desk_id = p_desk FOR UPDATE;
    WITH gone AS (
        DELETE FROM articles_untold WHERE tx = pg_current_xact_id() AND desk_id = p_desk RETURNING *
    ) SELECT coalesce(jsonb_agg(gone.told ORDER BY gone.place), '[]') INTO told FROM gone;
    moment := clock_timestamp();
    words := jsonb_build_object(
        'format', 2,
        'desk', p_desk,
        'number', head.number + 1,
        'at', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', p_actor,
        'action', p_action,
        'subject_kind', p_kind,
        'subject', p_subject,
        'data', p_data,
        'request', p_request,
        'rows', told
    )::text;
    link := sha256(head.hash || convert_to(words, 'UTF8'));

    INSERT INTO articles_auditevent
        (desk_id, number, at, actor_id, action, subject_kind, subject_id, data, request_id, canonical, hash)
    VALUES
        (p_desk, head.number + 1, moment, p_actor, p_action, p_kind, p_subject, p_data, p_request, words, link);
    UPDATE articles_chainhead SET number = head.number + 1, hash = link WHERE desk_id = p_desk;
    RETURN head.number + 1;
END $$;

-- What the history says of every row of a desk, in all its columns.
CREATE FUNCTION told_state(p_desk uuid) RETURNS TABLE (name text, id uuid, state jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT row.told ->> 'table', (row.told ->> 'id')::uuid, jsonb_object_agg(col.key, col.value ORDER BY e.number, row.place)
    FROM articles_auditevent e,
        jsonb_array_elements(e.canonical::jsonb -> 'rows') WITH ORDINALITY AS row (told, place),
        jsonb_each(row.told -> 'set') AS col
    WHERE e.desk_id = p_desk
    GROUP BY 1, 2
$$;

-- Tells all rows of a table as they are, desk by desk: when the table, or a column, is new.
CREATE FUNCTION tell_table(p_table regclass, p_bytes text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    desk uuid;
    owner text := CASE p_table WHEN 'articles_desk'::regclass THEN 'id' ELSE 'desk_id' END;
BEGIN
    FOR desk IN SELECT id FROM articles_desk LOOP
        EXECUTE format(
            'INSERT INTO articles_untold (desk_id, told)
             SELECT $1, jsonb_build_object(''table'', $2, ''id'', id, ''set'', to_jsonb(t) - $3) FROM %s t WHERE %I = $1',
            p_table, owner) USING desk, p_table::text, p_bytes;
        IF EXISTS (SELECT FROM articles_untold WHERE tx = pg_current_xact_id() AND desk_id = desk) THEN
            PERFORM append_event(desk, NULL, 'desk.told', 'desk', desk, jsonb_build_object('kind', replace(p_table::text, 'articles_', '')), NULL);
        END IF;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION tell_table(regclass, text[]) FROM PUBLIC;

-- From here on the changes of a table are told, and first what is in it. Its last call is that of the last migration that
-- gave it a column.
CREATE FUNCTION tell_of(p_table regclass, p_bytes text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER tell_change AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION tell_change(%s)',
        p_table, (SELECT string_agg(quote_literal(name), ', ') FROM unnest(p_bytes) AS name));
    PERFORM tell_table(p_table, p_bytes);
END $$;
REVOKE EXECUTE ON FUNCTION tell_of(regclass, text[]) FROM PUBLIC;

SELECT tell_of(('articles_' || name)::regclass) FROM unnest(ARRAY[
    'desk', 'membership', 'outlet', 'story', 'article', 'arrival', 'articleversion', 'highlight', 'carry', 'claimant',
    'claim', 'source', 'evidence', 'ratingscale', 'rating', 'verdict', 'review', 'claimsheet', 'sheetedition'
]) AS name;
SELECT tell_of(('articles_' || name)::regclass, ARRAY['content']) FROM unnest(ARRAY['original', 'sheetfile']) AS name;
