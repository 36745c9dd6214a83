DROP FUNCTION edition_is_signed_off() CASCADE;
ALTER TABLE articles_sheetfile DROP CONSTRAINT file_hash_is_of_bytes;
ALTER TABLE articles_sheetedition DROP CONSTRAINT edition_digest_is_of_content;
