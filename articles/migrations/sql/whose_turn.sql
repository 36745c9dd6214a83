-- Whose turn it is: who found the verdict that a claim has, what many claims were changed in at once, who is told of what.

-- The author stands with the claim so that one index finds the claims whose verdict a person gave. The application may not
-- write the column; whatever an INSERT says, it is the author of the claim's verdict.
CREATE FUNCTION claim_names_its_author() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.verdict_author_id := (
        SELECT author_id FROM articles_verdict WHERE desk_id = NEW.desk_id AND id = NEW.verdict_id);
    RETURN NEW;
END $$;

-- Nothing is done to these claims, so there is no event and no new revision.
ALTER TABLE articles_claim DISABLE TRIGGER USER;
UPDATE articles_claim c SET verdict_author_id = v.author_id
FROM articles_verdict v WHERE v.desk_id = c.desk_id AND v.id = c.verdict_id;
ALTER TABLE articles_claim ENABLE TRIGGER USER;

CREATE TRIGGER claim_names_its_author BEFORE INSERT OR UPDATE OF verdict_id, verdict_author_id ON articles_claim
    FOR EACH ROW EXECUTE FUNCTION claim_names_its_author();

CREATE TRIGGER is_permanent BEFORE UPDATE OR DELETE ON articles_batch
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_batch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_batch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('made_by_id');

-- A notice has no event of its own; it tells of one that there is.
ALTER TABLE articles_notice
    ADD CONSTRAINT notice_of_an_event FOREIGN KEY (desk_id, number) REFERENCES articles_auditevent (desk_id, number);
CREATE TRIGGER is_permanent BEFORE DELETE ON articles_notice
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER notice_stays BEFORE UPDATE ON articles_notice
    FOR EACH ROW EXECUTE FUNCTION changes_only('read_at');

-- What is inserted without knowing of these columns is what it was before there were any.
ALTER TABLE articles_claim ALTER due_reason SET DEFAULT '';
ALTER TABLE articles_person ALTER wants_digest SET DEFAULT false;

ALTER TABLE articles_lastlook SET (fillfactor = 50);
ALTER TABLE articles_lastlook
    ADD CONSTRAINT look_of_member FOREIGN KEY (desk_id, person_id) REFERENCES articles_membership (desk_id, person_id);
