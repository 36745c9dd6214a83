ALTER TABLE articles_presence
    DROP CONSTRAINT presence_on_article,
    DROP CONSTRAINT presence_of_member;
