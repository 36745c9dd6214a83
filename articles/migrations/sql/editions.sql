-- An edition is what an editor signed: numbered in order, equal to its digest, anchored in the history.

ALTER TABLE articles_sheetedition
    ADD CONSTRAINT edition_digest_is_of_content CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
ALTER TABLE articles_sheetfile
    ADD CONSTRAINT file_hash_is_of_bytes CHECK (sha256 = encode(sha256(content), 'hex'));

CREATE FUNCTION edition_is_signed_off() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_membership
        WHERE desk_id = NEW.desk_id AND person_id = NEW.signed_by_id AND ended_at IS NULL
          AND role IN ('editor', 'administrator')
    ) THEN
        RAISE EXCEPTION 'Only an editor of the desk signs off an edition.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'edition_signed_by_editor';
    END IF;
    IF NEW.number <> 1 + (
        SELECT count(*) FROM articles_sheetedition WHERE desk_id = NEW.desk_id AND sheet_id = NEW.sheet_id
    ) THEN
        RAISE EXCEPTION 'Editions are numbered in order.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'edition_numbered_in_order';
    END IF;
    IF NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND number = NEW.chain_number AND encode(hash, 'hex') = NEW.chain_hash
          AND subject_id = NEW.id AND at = NEW.signed_at AND tx = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'The edition does not carry the link of its own event, and the time of it.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'edition_anchored_in_history';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER edition_is_signed_off BEFORE INSERT ON articles_sheetedition
    FOR EACH ROW EXECUTE FUNCTION edition_is_signed_off();
