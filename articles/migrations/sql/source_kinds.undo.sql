ALTER TABLE articles_source DISABLE TRIGGER USER;
UPDATE articles_source SET kind = CASE
    WHEN kind IN ('article-newspaper', 'article-journal') THEN 'news'
    WHEN kind IN ('graphic', 'motion_picture', 'map') THEN 'image'
    WHEN kind = 'post-weblog' THEN 'post'
    WHEN kind IN ('legal_case', 'hearing') THEN 'legislation'
    WHEN kind = 'personal_communication' THEN 'interview'
    ELSE 'other'
END WHERE kind NOT IN ('report', 'dataset', 'document', 'legislation', 'post', 'broadcast', 'interview');
ALTER TABLE articles_source ENABLE TRIGGER USER;
