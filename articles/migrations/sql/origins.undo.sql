DROP TRIGGER traced_where_it_counts ON articles_highlight;
DROP FUNCTION traced_where_it_counts();
CREATE OR REPLACE TRIGGER span_is_frozen BEFORE UPDATE ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'start', 'end', 'quote', 'claim_id', 'removed_at', 'removed_by_id', 'ended_in_id', 'revision');
DROP TRIGGER origin_leads_on ON articles_origin;
DROP FUNCTION origin_leads_on();
DROP TRIGGER taken_back_in_own_name ON articles_dismissal;
DROP TRIGGER done_in_own_name ON articles_dismissal;
DROP TRIGGER change_has_event ON articles_dismissal;
DROP TRIGGER dismissal_stays ON articles_dismissal;
DROP TRIGGER revision_grows ON articles_dismissal;
DROP TRIGGER is_permanent ON articles_dismissal;
DROP TRIGGER done_in_own_name ON articles_origin;
DROP TRIGGER change_has_event ON articles_origin;
DROP TRIGGER origin_stays ON articles_origin;
DROP TRIGGER revision_grows ON articles_origin;
DROP TRIGGER is_permanent ON articles_origin;
