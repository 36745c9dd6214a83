DROP FUNCTION carrying_has_event() CASCADE;
DROP FUNCTION version_takes_highlights_along() CASCADE;
DROP FUNCTION highlight_stands_in_newest() CASCADE;
DROP FUNCTION is_left_behind(uuid, uuid);
DROP FUNCTION carry_ends_its_highlight() CASCADE;
DROP FUNCTION highlight_has_its_carry() CASCADE;
DROP FUNCTION highlight_goes_on_from_first() CASCADE;
DROP FUNCTION carry_fits_its_rows() CASCADE;
