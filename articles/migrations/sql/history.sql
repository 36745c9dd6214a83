-- The history of a desk: append-only, numbered without gaps, each event chained to the one before.

ALTER TABLE articles_auditevent
    ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id();

-- Every function here names its search path, with the temporary schema last: without that, a table of the same name
-- in a schema of the caller's could stand in for the one that is meant.
CREATE FUNCTION begin_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO articles_chainhead (desk_id, number, hash) VALUES (NEW.id, 0, decode(repeat('00', 32), 'hex'));
    RETURN NULL;
END $$;

CREATE TRIGGER begin_history AFTER INSERT ON articles_desk
    FOR EACH ROW EXECUTE FUNCTION begin_history();

-- Returns the number of the new event. The lock on the chain's head, held until the transaction ends, puts the
-- events of one desk in one order; so this is called after every other lock of the transaction is taken.
CREATE FUNCTION append_event(
    p_desk uuid, p_actor uuid, p_action text, p_kind text, p_subject uuid, p_data jsonb, p_request uuid
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head articles_chainhead;
    moment timestamptz;
    words text;
    link bytea;
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
    moment := clock_timestamp();
    words := jsonb_build_object(
        'format', 1,
        'desk', p_desk,
        'number', head.number + 1,
        'at', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actor', p_actor,
        'action', p_action,
        'subject_kind', p_kind,
        'subject', p_subject,
        'data', p_data,
        'request', p_request
    )::text;
    link := sha256(head.hash || convert_to(words, 'UTF8'));

    INSERT INTO articles_auditevent
        (desk_id, number, at, actor_id, action, subject_kind, subject_id, data, request_id, canonical, hash)
    VALUES
        (p_desk, head.number + 1, moment, p_actor, p_action, p_kind, p_subject, p_data, p_request, words, link);
    UPDATE articles_chainhead SET number = head.number + 1, hash = link WHERE desk_id = p_desk;
    RETURN head.number + 1;
END $$;

-- Takes the same lock, for a check that must see all that was stored on the desk before.
CREATE FUNCTION hold_history(p_desk uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM articles_chainhead WHERE desk_id = p_desk FOR UPDATE;
END $$;

REVOKE EXECUTE ON FUNCTION append_event(uuid, uuid, text, text, uuid, jsonb, uuid), hold_history(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_event(uuid, uuid, text, text, uuid, jsonb, uuid), hold_history(uuid) TO factcheck_app;

-- A row changes only together with its event, in one transaction. Where the trigger has an argument, the event is
-- that of the row which this column names, and its first: the terms of a scale and the files of an edition come with
-- it, and none later.
CREATE FUNCTION change_has_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    subject uuid := NEW.id;
BEGIN
    IF TG_NARGS > 0 THEN
        EXECUTE format('SELECT $1.%I', TG_ARGV[0]) INTO subject USING NEW;
        IF EXISTS (
            SELECT FROM articles_auditevent
            WHERE desk_id = NEW.desk_id AND subject_id = subject AND tx <> pg_current_xact_id()
        ) THEN
            RAISE EXCEPTION 'What % belongs to is complete since it was stored.', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'comes_with_its_row';
        END IF;
    END IF;
    IF NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND subject_id = subject AND tx = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'A change of % % has no event in the history.', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_event';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION desk_change_has_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM articles_auditevent WHERE desk_id = NEW.id AND tx = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'A change of the desk % has no event in its history.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_event';
    END IF;
    RETURN NULL;
END $$;

-- Whom a row names as the one who made it, removed it or decided is the actor of an event that tells of it. The
-- argument of the trigger is the column that names the person; nobody is named when it is taken back.
CREATE FUNCTION done_in_own_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    person uuid;
BEGIN
    EXECUTE format('SELECT $1.%I', TG_ARGV[0]) INTO person USING NEW;
    IF person IS NOT NULL AND NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND subject_id = NEW.id AND tx = pg_current_xact_id() AND actor_id = person
    ) THEN
        RAISE EXCEPTION 'The event of this % names another person.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'done_in_own_name';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_desk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION desk_change_has_event();

DO $$
DECLARE
    name text;
    parent text;
    person text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'membership', 'outlet', 'story', 'article', 'original', 'articleversion', 'claimant', 'claim', 'source',
        'evidence', 'ratingscale', 'verdict', 'review', 'claimsheet', 'sheetedition'
    ] LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_%s
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event()', name);
    END LOOP;
    FOR name, parent IN VALUES ('rating', 'scale_id'), ('sheetfile', 'edition_id') LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT ON articles_%s
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event(%L)', name, parent);
    END LOOP;
    FOR name, person IN VALUES
        ('story', 'opened_by_id'), ('article', 'added_by_id'), ('original', 'kept_by_id'), ('articleversion', 'taken_by_id'),
        ('claim', 'made_by_id'), ('source', 'made_by_id'), ('evidence', 'made_by_id'),
        ('verdict', 'author_id'), ('review', 'reviewer_id'), ('claimsheet', 'opened_by_id'), ('sheetedition', 'signed_by_id')
    LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_%s
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name(%L)', name, person);
    END LOOP;
    FOR name, person IN VALUES ('highlight', 'removed_by_id'), ('evidence', 'withdrawn_by_id') LOOP
        EXECUTE format(
            'CREATE CONSTRAINT TRIGGER removed_in_own_name AFTER INSERT OR UPDATE OF %I ON articles_%s
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name(%L)', person, name, person);
    END LOOP;
END $$;
