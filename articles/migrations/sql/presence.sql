-- Who is on which article. Nothing here is worth a wait for the disk, and the row of a person is written over in place.
ALTER TABLE articles_presence SET UNLOGGED;
ALTER TABLE articles_presence SET (fillfactor = 50);

-- Only where a member of the desk can be: on an article of the desk.
ALTER TABLE articles_presence
    ADD CONSTRAINT presence_on_article FOREIGN KEY (desk_id, article_id) REFERENCES articles_article (desk_id, id),
    ADD CONSTRAINT presence_of_member FOREIGN KEY (desk_id, person_id) REFERENCES articles_membership (desk_id, person_id);
