DROP FUNCTION passage_keeps_its_words() CASCADE;
DROP FUNCTION highlight_equals_text() CASCADE;
ALTER TABLE articles_original
    DROP CONSTRAINT original_size_is_of_bytes,
    DROP CONSTRAINT original_hash_is_of_bytes;
ALTER TABLE articles_articleversion
    DROP CONSTRAINT version_number_from_one,
    DROP CONSTRAINT version_kinds_are_known,
    DROP CONSTRAINT version_kind_per_block,
    DROP CONSTRAINT version_text_is_canonical,
    DROP CONSTRAINT version_hash_is_of_text;
