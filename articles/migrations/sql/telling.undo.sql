DROP FUNCTION tell_of(regclass, text[]);
DROP FUNCTION tell_table(regclass, text[]);
DROP FUNCTION told_state(uuid);
DROP FUNCTION tell_change() CASCADE;
DROP TABLE articles_untold;
DROP FUNCTION change_is_told();

CREATE OR REPLACE FUNCTION append_event(
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

