ALTER TABLE articles_arrival
    DROP CONSTRAINT arrival_details_by_field,
    DROP CONSTRAINT arrival_corrections_are_a_list;
DROP FUNCTION arrival_is_read_once() CASCADE;
DROP FUNCTION arrival_keeps_what_came() CASCADE;
DROP TRIGGER change_has_event ON articles_arrival;
DROP TRIGGER revision_grows ON articles_arrival;
DROP TRIGGER is_permanent ON articles_arrival;
