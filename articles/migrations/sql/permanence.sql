-- What is written once and never changes, what is never deleted, and how an editable row may change.

CREATE FUNCTION is_permanent() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'A row of % is never % once it is written.', TG_TABLE_NAME,
        CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'is_permanent';
END $$;

-- The arguments of the trigger are the columns that may change; "revision" always grows by one.
CREATE FUNCTION changes_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changed text;
BEGIN
    SELECT string_agg(new_row.key, ', ') INTO changed
    FROM jsonb_each(to_jsonb(NEW)) AS new_row JOIN jsonb_each(to_jsonb(OLD)) AS old_row USING (key)
    WHERE new_row.value IS DISTINCT FROM old_row.value AND NOT new_row.key = ANY (TG_ARGV);
    IF changed IS NOT NULL THEN
        RAISE EXCEPTION 'These columns of % never change: %.', TG_TABLE_NAME, changed
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'changes_only';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION revision_grows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.revision <> OLD.revision + 1 OR NEW.id <> OLD.id OR NEW.desk_id <> OLD.desk_id THEN
        RAISE EXCEPTION 'A change of % keeps its id and desk and adds one to its revision.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'revision_grows';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'original', 'ratingscale', 'rating', 'verdict', 'review', 'claimsheet', 'sheetedition', 'sheetfile', 'auditevent'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER is_permanent BEFORE UPDATE OR DELETE ON articles_%s
             FOR EACH ROW EXECUTE FUNCTION is_permanent()', name);
    END LOOP;

    FOREACH name IN ARRAY ARRAY[
        'membership', 'outlet', 'story', 'article', 'articleversion', 'highlight', 'carry', 'claimant', 'claim', 'source',
        'evidence'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER is_permanent BEFORE DELETE ON articles_%s
             FOR EACH ROW EXECUTE FUNCTION is_permanent()', name);
        EXECUTE format(
            'CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_%s
             FOR EACH ROW EXECUTE FUNCTION revision_grows()', name);
    END LOOP;
END $$;

CREATE TRIGGER text_is_frozen BEFORE UPDATE ON articles_articleversion
    FOR EACH ROW EXECUTE FUNCTION changes_only('kinds', 'revision');
CREATE TRIGGER span_is_frozen BEFORE UPDATE ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION changes_only('claim_id', 'removed_at', 'removed_by_id', 'ended_in_id', 'revision');
CREATE TRIGGER proposal_is_frozen BEFORE UPDATE ON articles_carry
    FOR EACH ROW EXECUTE FUNCTION changes_only('decision', 'decided_by_id', 'decided_at', 'became_id', 'revision');
CREATE TRIGGER evidence_stays BEFORE UPDATE ON articles_evidence
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'stance', 'quote', 'locator', 'kind', 'note', 'withdrawn_at', 'withdrawn_by_id', 'revision');
CREATE TRIGGER member_stays BEFORE UPDATE ON articles_membership
    FOR EACH ROW EXECUTE FUNCTION changes_only('role', 'ended_at', 'revision');

-- The owner of the tables could still empty one by mistake; not this one.
CREATE TRIGGER is_permanent_as_a_whole BEFORE TRUNCATE ON articles_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION is_permanent();
