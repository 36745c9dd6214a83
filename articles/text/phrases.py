"""Phrases of page furniture in several languages: data for furniture.py, without rules of its own.

A list names whole lines, compared without case, list marker and closing punctuation.
"""


def _lines(table: str) -> frozenset[str]:
    """One language a row, its name first, then whole lines between semicolons."""
    rows = (row.partition(":")[2] for row in table.strip().splitlines())
    return frozenset(phrase.strip().casefold() for row in rows for phrase in row.split(";"))


# Above links to other stories.
RELATED = _lines("""
en: more on this story; more on this topic; related; related stories; related articles
en: related content; related links; related topics; related coverage; related news; related posts
en: read more; read next; read also; also read; see also; what to read next; more stories
en: more news; more coverage; more to read; more like this; most read; most popular; most viewed
en: most watched; most shared; most commented; top stories; latest stories; latest headlines
en: trending; trending now; popular now; recommended; recommended for you; recommended stories
en: recommended reading; you may also like; you might also like; you may be interested in
en: don't miss; editor's picks; editors' picks; around the web; from around the web
en: popular in the community
en: in case you missed it; features & analysis; features and analysis; must read; in other news
en: keep reading; up next; next article; previous article; sponsored stories; promoted stories
de: mehr zum thema; mehr zu diesem thema; zum thema; lesen sie auch; lesen sie mehr
de: auch interessant; weiterlesen; das könnte sie auch interessieren
de: das könnte dich auch interessieren; weitere artikel; weitere meldungen; meistgelesen
de: meistgelesene artikel; meist gelesen; mehr dazu; verwandte themen; verwandte artikel
de: ähnliche artikel; empfehlungen; empfehlungen der redaktion; unsere empfehlungen
de: aktuelle nachrichten; mehr nachrichten
fr: à lire aussi; a lire aussi; lire aussi; lire la suite; à lire également; sur le même sujet
fr: dans la même rubrique; les plus lus; les plus lues; les articles les plus lus; articles liés
fr: articles similaires; articles associés; à découvrir; voir aussi; pour aller plus loin
fr: en savoir plus; contenus sponsorisés; vous aimerez aussi; nos recommandations
fr: à ne pas manquer; plus d'articles; plus d'actualités; sur le même thème
es: más información; noticias relacionadas; artículos relacionados; contenido relacionado
es: temas relacionados; te puede interesar; también te puede interesar; le puede interesar
es: lo más leído; lo más visto; las más leídas; lea también; lee también; leer más; ver también
es: más noticias; últimas noticias; te recomendamos; no te pierdas
it: leggi anche; potrebbe interessarti; potrebbe interessarti anche; articoli correlati
it: i più letti; altre notizie
pt: leia também; leia mais; veja também; notícias relacionadas; mais lidas; as mais lidas
pt: artigos relacionados; saiba mais
nl: lees ook; lees meer; meer over dit onderwerp; meest gelezen; gerelateerde artikelen
nl: bekijk ook
pl: czytaj także; czytaj też; zobacz także; przeczytaj także; najczęściej czytane
tr: ilgili haberler; bunlar da ilginizi çekebilir; en çok okunanlar; ayrıca okuyun
ru: читайте также; по теме; материалы по теме; самое читаемое; популярное; смотрите также
uk: читайте також; за темою; дивіться також
ar: اقرأ أيضا; اقرأ أيضاً; مواضيع ذات صلة; أخبار ذات صلة; الأكثر قراءة; المزيد
zh: 相关新闻; 相关阅读; 延伸阅读; 推荐阅读; 相關新聞; 延伸閱讀; 热门新闻
he: כתבות נוספות; עוד בנושא; כתבות קשורות; קראו גם; הנקראות ביותר
ja: 関連記事; 関連ニュース; あわせて読みたい; 人気記事
""")

# Lines that a page puts between, before or after the story to be pressed and not read.
CONTROLS = _lines("""
en: share; share full article; tweet; menu; subscribe; log in or sign up; continue reading the main story
en: report a typo; email this; go to top; view all comments; leave a reply; your privacy choices
en: we value your privacy; add as preferred source on google; advertisement - scroll to continue
en: you have reached your article limit; don't have an account? sign up; thank you for reading
en: getty images; shutterstock; alamy; istock; pa media
en: advertisement; advertising; story continues below; story continues below advertisement
en: sponsored content; article continues below; article continues below advertisement
en: article continues after ad; scroll to continue; story continues after advertisement
en: continue reading; continue reading below; skip ad; skip advertisement; share this article
en: share this story; share this; share this page; share article; share on facebook
en: share on twitter; share on x; share on whatsapp; share via email; email this article
en: print this article; print this page; copy link; link copied; save this article
en: gift this article; listen to this article; listen to this story; view comments
en: leave a comment; post a comment; join the conversation; show comments; back to top; show more
en: load more; see more; view all; learn more; find out more; take me there; sign up; sign in
en: log in; subscribe now; newsletter; newsletters; sign up for our newsletter
en: sign up to our newsletter; subscribe to our newsletter; follow us; follow us on twitter
en: follow us on facebook; accept all; accept cookies; accept all cookies; reject all
en: cookie settings; cookie policy; manage cookies; manage preferences; privacy policy
en: terms of use; terms of service; terms and conditions; contact us; about us
en: all rights reserved; sponsored; promoted; loading; please wait; toggle navigation; open menu
de: anzeige; werbung; artikel teilen; diesen artikel teilen; beitrag teilen; auf facebook teilen
de: auf twitter teilen; drucken; artikel drucken; seite drucken; zur startseite; nach oben
de: mehr anzeigen; kommentare anzeigen; anmelden; newsletter abonnieren; newsletter bestellen
de: jetzt abonnieren; alle akzeptieren; alle cookies akzeptieren; cookie-einstellungen
de: datenschutz; datenschutzerklärung; impressum; alle rechte vorbehalten; artikel anhören
fr: publicité; partager; partager cet article; partager l'article; partager sur facebook
fr: partager sur twitter; imprimer; imprimer l'article; écouter l'article
fr: la suite après la publicité; s'abonner; abonnez-vous; se connecter; s'inscrire à la newsletter
fr: inscrivez-vous à notre newsletter; tout accepter; accepter les cookies; gérer les cookies
fr: paramétrer les cookies; mentions légales; politique de confidentialité; tous droits réservés
fr: haut de page; retour en haut; voir plus; afficher les commentaires
es: publicidad; anuncio; compartir; compartir este artículo; comparte esta noticia
es: compartir en facebook; compartir en twitter; imprimir; escuchar este artículo; suscríbete
es: suscríbete a nuestro boletín; iniciar sesión; suscríbase a nuestro boletín; aceptar todo
es: aceptar cookies; aceptar todas las cookies; configurar cookies; política de privacidad
es: política de cookies; aviso legal; todos los derechos reservados; volver arriba; ver más
it: pubblicità; condividi; condividi questo articolo; stampa; accetta tutti
it: tutti i diritti riservati; torna su
pt: publicidade; compartilhe; compartilhar; partilhar; imprimir; aceitar todos
pt: todos os direitos reservados
nl: advertentie; deel dit artikel; delen; alles accepteren; alle rechten voorbehouden; meer laden
ru: реклама; поделиться; распечатать; все права защищены
ar: إعلان; شارك; مشاركة; جميع الحقوق محفوظة; تخطى إلى المحتوى; تخطي إلى المحتوى
ar: انتقل إلى المحتوى; الانتقال إلى المحتوى; تجاوز إلى المحتوى; تخطى إلى المحتوى الرئيسي
he: פרסומת; שתף; שיתוף; כל הזכויות שמורות; דלג לתוכן; דלג לתוכן הראשי; דלגו לתוכן
zh: 广告; 廣告; 分享; 版权所有; 版權所有; 跳到主要内容; 跳转到主要内容; 跳到内容; 跳至主要内容; 跳至内容
zh: 跳到主要內容; 跳至主要內容
ja: 広告; 共有; 無断転載を禁じます; 本文へスキップ; コンテンツへスキップ; 本文へ移動; メインコンテンツへスキップ
""")

# Words that are furniture in company only: alone, each could head a section of a story.
MENU = _lines("""
en: home; news; world; sport; sports; business; politics; weather; video; videos; live; search
en: menu; close; share; print; email; e-mail; save; follow; subscribe; comments; tags; topics
en: more; opinion; culture; technology; science; health
xx: facebook; twitter; x; whatsapp; linkedin; reddit; telegram; instagram; youtube; tiktok
xx: pinterest; rss
de: startseite; nachrichten; politik; wirtschaft; kultur; wetter; suche; menü; teilen; kommentare
de: schlagworte; welt
fr: accueil; actualités; monde; politique; économie; culture; météo; recherche; commentaires
fr: société
es: inicio; noticias; mundo; política; economía; deportes; cultura; buscar; menú; comentarios
""")

ERROR_TITLES = _lines("""
en: page not found; page unavailable; not found; 404; error 404; 404 error; 404 not found
en: 404: page not found; 404 page not found; 404 - page not found; error 404 - page not found; sorry, page not found
en: content not found; article not found
de: seite nicht gefunden; fehler 404; inhalt nicht gefunden; artikel nicht gefunden
fr: page introuvable; page non trouvée; erreur 404; contenu introuvable; article introuvable
es: página no encontrada; error 404: página no encontrada; contenido no encontrado
es: artículo no encontrado
it: pagina non trovata; errore 404
pt: página não encontrada; erro 404
nl: pagina niet gevonden
ru: страница не найдена; ошибка 404
ar: الصفحة غير موجودة; لم يتم العثور على الصفحة
zh: 页面未找到; 找不到页面
ja: ページが見つかりません
""")
