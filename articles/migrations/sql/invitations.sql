-- An invitation is made in one's own name and within one's own role, and it is accepted or revoked once.

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_invitation
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_invitation
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE TRIGGER invitation_stays BEFORE UPDATE ON articles_invitation
    FOR EACH ROW EXECUTE FUNCTION changes_only('accepted_at', 'accepted_by_id', 'revoked_at', 'revoked_by_id', 'revision');
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_invitation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_invitation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('made_by_id');
CREATE CONSTRAINT TRIGGER removed_in_own_name AFTER INSERT OR UPDATE OF revoked_by_id ON articles_invitation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('revoked_by_id');

-- What a role may be given by: an editor invites editors and all below, an administrator everyone.
CREATE FUNCTION invitation_within_own_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_membership
        WHERE desk_id = NEW.desk_id AND person_id = NEW.made_by_id AND ended_at IS NULL
            AND (role = 'administrator' OR (role = 'editor' AND NEW.role <> 'administrator'))
    ) THEN
        RAISE EXCEPTION 'An invitation gives no more than the role of the one who makes it, an editor at least.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'invitation_within_own_role';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invitation_within_own_role BEFORE INSERT ON articles_invitation
    FOR EACH ROW EXECUTE FUNCTION invitation_within_own_role();

-- A moment of grace, because the two clocks may differ.
CREATE FUNCTION invitation_is_settled() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL
        OR (NEW.accepted_at IS NOT NULL AND OLD.expires_at < statement_timestamp() - interval '1 minute')
    THEN
        RAISE EXCEPTION 'This invitation is not open any more.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'invitation_is_settled';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invitation_is_settled BEFORE UPDATE ON articles_invitation
    FOR EACH ROW EXECUTE FUNCTION invitation_is_settled();

-- What is inserted without knowing of this column is what it was before there was one.
ALTER TABLE articles_desk ALTER second_factor_required SET DEFAULT false;
