-- A highlight goes on into a later version of its article only by a carry: by itself where the words are identical,
-- by a person's decision otherwise. Where it ends, and what it became, say the same.

CREATE FUNCTION carry_fits_its_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    old record;
    new_version record;
    later record;
BEGIN
    SELECT coalesce(h.first_id, h.id) AS first, h.quote, v.article_id, v.number INTO old
    FROM articles_highlight h JOIN articles_articleversion v ON v.desk_id = h.desk_id AND v.id = h.version_id
    WHERE h.desk_id = NEW.desk_id AND h.id = NEW.highlight_id;
    SELECT article_id, number, char_length(text) AS length INTO new_version
    FROM articles_articleversion WHERE desk_id = NEW.desk_id AND id = NEW.version_id;
    IF (new_version.article_id = old.article_id AND new_version.number > old.number) IS NOT TRUE THEN
        RAISE EXCEPTION 'A highlight is carried to a later version of its own article.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_goes_to_a_later_version';
    END IF;
    IF NEW."end" > new_version.length THEN
        RAISE EXCEPTION 'The proposed place lies beyond the text of the version.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_proposes_some_words';
    END IF;
    IF NEW.became_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT first_id AS first, version_id, start, "end", quote INTO later
    FROM articles_highlight WHERE desk_id = NEW.desk_id AND id = NEW.became_id;
    IF later.first IS DISTINCT FROM old.first OR later.version_id IS DISTINCT FROM NEW.version_id THEN
        RAISE EXCEPTION 'What a highlight became stands in the version it was carried to.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_leads_to_its_own';
    END IF;
    IF NEW.decided_by_id IS NULL
       AND (later.quote, later.start, later."end") IS DISTINCT FROM (old.quote, NEW.start, NEW."end") THEN
        RAISE EXCEPTION 'Other words than those highlighted wait for a person.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_by_itself_only_where_certain';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER carry_fits_its_rows BEFORE INSERT OR UPDATE ON articles_carry
    FOR EACH ROW EXECUTE FUNCTION carry_fits_its_rows();

CREATE FUNCTION highlight_goes_on_from_first() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_highlight AS root
        JOIN articles_articleversion AS before ON before.desk_id = root.desk_id AND before.id = root.version_id
        JOIN articles_articleversion AS here ON here.desk_id = root.desk_id AND here.id = NEW.version_id
        WHERE root.desk_id = NEW.desk_id AND root.id = NEW.first_id AND root.first_id IS NULL
          AND root.claim_id IS NOT DISTINCT FROM NEW.claim_id AND root.made_by_id = NEW.made_by_id
          AND before.article_id = here.article_id AND before.number < here.number
    ) THEN
        RAISE EXCEPTION 'A highlight goes on as the one that a person made, with its claim and in the same article.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'highlight_goes_on_from_first';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER highlight_goes_on_from_first BEFORE INSERT ON articles_highlight
    FOR EACH ROW WHEN (NEW.first_id IS NOT NULL) EXECUTE FUNCTION highlight_goes_on_from_first();

-- Asked on COMMIT: the rows of a carry are written one after the other.
CREATE FUNCTION highlight_has_its_carry() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stored record;
BEGIN
    SELECT first_id, ended_in_id, removed_at INTO stored
    FROM articles_highlight WHERE desk_id = NEW.desk_id AND id = NEW.id;
    IF stored.first_id IS NOT NULL AND stored.removed_at IS NULL AND NOT EXISTS (
        SELECT FROM articles_carry WHERE desk_id = NEW.desk_id AND became_id = NEW.id
    ) OR stored.ended_in_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM articles_carry WHERE desk_id = NEW.desk_id AND highlight_id = NEW.id
          AND version_id = stored.ended_in_id AND decision IN ('carried', 'gone')
    ) THEN
        RAISE EXCEPTION 'Highlight % goes on, or ends, without a carry that says so.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'highlight_has_its_carry';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER highlight_has_its_carry AFTER INSERT OR UPDATE ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.first_id IS NOT NULL OR NEW.ended_in_id IS NOT NULL) EXECUTE FUNCTION highlight_has_its_carry();

CREATE FUNCTION carry_ends_its_highlight() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stored text;
    ended uuid;
BEGIN
    SELECT decision INTO stored FROM articles_carry WHERE desk_id = NEW.desk_id AND id = NEW.id;
    SELECT ended_in_id INTO ended FROM articles_highlight WHERE desk_id = NEW.desk_id AND id = NEW.highlight_id;
    IF (stored IN ('carried', 'gone')) <> (ended IS NOT DISTINCT FROM NEW.version_id) THEN
        RAISE EXCEPTION 'A highlight ends where it is carried on or gone, and nowhere else.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_ends_its_highlight';
    END IF;
    IF stored = 'overtaken' AND is_left_behind(NEW.desk_id, NEW.highlight_id) THEN
        RAISE EXCEPTION 'Only a later version, which asks again, overtakes a question.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'carry_is_overtaken_by_a_version';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.became_id IS NOT NULL AND EXISTS (
        SELECT FROM articles_highlight AS later
        WHERE later.desk_id = OLD.desk_id AND later.id = OLD.became_id AND later.removed_at IS NULL AND NOT EXISTS (
            SELECT FROM articles_carry WHERE desk_id = OLD.desk_id AND became_id = OLD.became_id)
    ) THEN
        RAISE EXCEPTION 'What a highlight became goes when the decision is taken back.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'highlight_has_its_carry';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER carry_ends_its_highlight AFTER INSERT OR UPDATE ON articles_carry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION carry_ends_its_highlight();

-- No highlight is left behind: one that counts stands in the newest version of its article, or is asked about there.
-- On COMMIT the head of the history is locked, so that a mark and a new version at the same time see each other.
-- In PL/pgSQL, which keeps its plan from one highlight to the next.
CREATE FUNCTION is_left_behind(p_desk uuid, p_highlight uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM articles_highlight AS h
        JOIN articles_articleversion AS here ON here.desk_id = h.desk_id AND here.id = h.version_id
        CROSS JOIN LATERAL (
            SELECT id FROM articles_articleversion WHERE desk_id = here.desk_id AND article_id = here.article_id
            ORDER BY number DESC LIMIT 1
        ) AS newest
        WHERE h.desk_id = p_desk AND h.id = p_highlight AND h.removed_at IS NULL AND h.ended_in_id IS NULL
          AND newest.id <> here.id AND NOT EXISTS (
            SELECT FROM articles_carry AS asked
            WHERE asked.desk_id = h.desk_id AND asked.highlight_id = h.id AND asked.version_id = newest.id
              AND asked.decision = ''));
END $$;

CREATE FUNCTION highlight_stands_in_newest() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF is_left_behind(NEW.desk_id, NEW.id) THEN
        RAISE EXCEPTION 'Highlight % counts in a version that is not the newest, and is not asked about.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'highlight_stands_in_newest';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER highlight_stands_in_newest AFTER INSERT OR UPDATE ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.removed_at IS NULL AND NEW.ended_in_id IS NULL) EXECUTE FUNCTION highlight_stands_in_newest();

CREATE FUNCTION version_takes_highlights_along() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM articles_articleversion AS before
        JOIN articles_highlight AS h ON h.desk_id = before.desk_id AND h.version_id = before.id
        WHERE before.desk_id = NEW.desk_id AND before.article_id = NEW.article_id AND before.number < NEW.number
          AND h.removed_at IS NULL AND h.ended_in_id IS NULL AND NOT EXISTS (
            SELECT FROM articles_carry AS asked
            JOIN articles_articleversion AS there ON there.desk_id = asked.desk_id AND there.id = asked.version_id
            WHERE asked.desk_id = h.desk_id AND asked.highlight_id = h.id AND asked.decision = ''
              AND there.number >= NEW.number)
    ) THEN
        RAISE EXCEPTION 'A highlight was left behind in an earlier version.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_takes_highlights_along';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER version_takes_highlights_along AFTER INSERT ON articles_articleversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.number > 1) EXECUTE FUNCTION version_takes_highlights_along();

-- Of a new version one event tells all that went on by itself; whatever a person does has an event of its own.
CREATE FUNCTION carrying_has_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told uuid[] := ARRAY[NEW.id];
BEGIN
    IF TG_TABLE_NAME = 'articles_carry' THEN
        IF TG_OP = 'INSERT' THEN
            told := told || NEW.version_id;
        END IF;
    ELSIF TG_OP = 'INSERT' AND NEW.first_id IS NOT NULL THEN
        told := told || NEW.version_id;
    ELSIF TG_OP = 'UPDATE' THEN
        IF NEW.ended_in_id IS DISTINCT FROM OLD.ended_in_id THEN
            told := told || NEW.ended_in_id;
        END IF;
    END IF;
    IF TG_TABLE_NAME = 'articles_highlight' THEN
        told := told || ARRAY(
            SELECT id FROM articles_carry
            WHERE desk_id = NEW.desk_id AND (highlight_id = NEW.id OR became_id = NEW.id));
    END IF;
    IF NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND subject_id = ANY (told) AND tx = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'A change of % % has no event in the history.', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_event';
    END IF;
    RETURN NULL;
END $$;

-- A highlight that goes on was made by the person who marked the first one, whoever took the new version.
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.first_id IS NULL) EXECUTE FUNCTION done_in_own_name('made_by_id');
CREATE CONSTRAINT TRIGGER decided_in_own_name AFTER INSERT OR UPDATE OF decided_by_id ON articles_carry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('decided_by_id');

CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION carrying_has_event();
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_carry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION carrying_has_event();
