"""Patterns of page furniture in several languages: data for furniture.py, without rules of its own.

A pattern is matched at the beginning of a block unless a comment says otherwise. Repetitions are
bounded and never stand inside one another, so that no input makes them slow.
"""

import re


def _openings(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# The sentence below the title of an error page.
ERROR_NOTICE = _openings(
    r"(?:sorry,? |oops[,!.]? )?(?:the|this) (?:content|page|article|link|url|address|document)\b"
    r".{0,60}\b(?:not exist|not available|no longer|not be found|been (?:re)?moved|not found)\b",
    r"(?:sorry,? |oops[,!.]? )?we (?:can['’]t|cannot|couldn['’]t|could not) find (?:the|that|this)",
    r"(?:die|der)\b.{0,30}\b(?:seite|inhalt|artikel)\b"
    r".{0,60}\bnicht (?:mehr )?(?:gefunden|verfügbar|existiert)",
    r"(?:la page|le contenu|l['’]article)\b.{0,60}\b(?:n['’]existe|n['’]est (?:plus|pas))",
    r"(?:la página|el contenido|el artículo)\b"
    r".{0,60}\bno (?:existe|está disponible|se encuentra|se ha encontrado)",
)

SKIP_LINK = _openings(
    r"(?:skip|jump) (?:to|over|navigation)\b",
    r"zum (?:inhalt|hauptinhalt|hauptmenü|menü)\b|(?:direkt )?zu[mr] \w+ springen",
    r"(?:aller|passer|accéder) (?:directement )?(?:au|à la|à l['’])",
    r"(?:saltar|ir) (?:directamente )?(?:al|a la) (?:contenido|menú|navegación)",
    r"(?:vai|salta) al contenuto|(?:pular|ir|saltar) para o conteúdo",
    r"(?:ga )?naar (?:de )?inhoud",
)

BREADCRUMB = _openings(
    r"you are here\b",
    r"sie (?:sind|befinden sich) hier\b",
    r"vous êtes ici\b",
    r"usted está aquí\b|estás aquí\b",
    r"[^>›»/\n]{1,40} (?P<sign>[>›»/]) [^>›»/\n]{1,40} (?P=sign) ",
)

COPYRIGHT = _openings(
    r"(?:copyright\W{0,3})?©",
    r"(?:copyright\W{0,3})?\(c\) ?(?:\d{4}|copyright)",
    r"copyright,? (?:by )?\d{4}\b|copyright\b.{0,80}\ball rights reserved\b",
    r"[^.\n]{0,80}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés)\b",
    r"[^.\n]{0,80}\b(?:todos los derechos reservados|tutti i diritti riservati)\b",
    r"[^.\n]{0,80}\btodos os direitos reservados\b",
)

CREDIT = re.compile(
    r"\(?(?:(?:image|photo|photograph|picture|foto|bild|bilder|photographie|imagen|fotografía|"
    r"immagine|imagem|crédit)s?(?: (?:credit|source|copyright|crédit|photo)s? ?[:,/|©]| ?[:/|©]| by )|credits?:)"
    r" ?(?P<who>[^\s)][^)]{0,100})\)?$",
    re.IGNORECASE,
)

# Searched anywhere: what picture agencies write for editors, the number of the picture before all.
PICTURE_AGENCY = re.compile(
    r"^GettyImages[- ]?\d{5,}|\(Photo credit should read\b|\bRESTRICTED TO EDITORIAL USE\b",
)

# A link to another story inside the text, on a line of its own.
RELATED_LINK = _openings(
    r"(?:read more|read also|also read|see also|related|read|watch|don['’]t miss) ?[:|]",
    r"(?:lesen sie auch|lesen sie mehr|mehr zum thema|mehr dazu) ?[:|]",
    r"(?:à lire aussi|lire aussi|à lire|voir aussi) ?[:|]",
    r"(?:lea también|lee también|ver también|más información|te puede interesar) ?[:|]",
    r"(?:leggi anche|leia também|leia mais|lees ook|czytaj także) ?[:|]",
    r"(?:читайте также|اقرأ أيضا|اقرأ أيضاً) ?[:|]",
)

# "Elsewhere on the …": a label only where the story has ended, since it could head a section.
RELATED_OPENING = _openings(
    r"elsewhere (?:on|in)\b",
    r"more (?:(?:stories|news|articles|headlines) )?(?:from|on|about|in)\b",
    r"more \S.{0,30} (?:stories|news|articles|headlines|videos)$",
    r"(?:mehr|weitere \w+) (?:von|aus|zu|über)\b",
    r"plus (?:de|d['’]|sur)\b",
    r"más (?:de|sobre|en)\b",
)

# Matched against the whole line: counts of readers' acts, and the time it takes to read.
COUNTER = _openings(
    r"\d[\d.,]* (?:shares?|comments?|views?|kommentare?|commentaires?|comentarios?)$",
    r"comments? ?\(\d+\)$",
    r"\d+ ?-?(?:min|minute|minutes|minutos|minuten)\.? (?:read|de lecture|de lectura|lesezeit)$",
    r"(?:lesezeit|reading time):? \d+ min\w*$",
    r"listen to this (?:article|story)\W{1,5}\d+:\d\d(?: min)?$",
)

# Matched against the whole line: what closes a list of other stories, "Daily Example Articles".
SITE_INDEX = re.compile(r"(?:[A-Z][\w.&'’-]* ){1,5}(?:Articles|Stories|Collections|Archives?|Headlines|News|Videos)")

# What a page says to its visitor, narrow enough that a story addressing its reader does not match.
NOTICE = _openings(
    r"by (?:continuing|using|clicking|browsing|signing up)\b.{0,120}\byou (?:agree|accept|consent)"
    r".{0,80}\b(?:cookies|terms|policy|conditions|notice)\b",
    r"(?:please )?(?:enable|turn on|activate) (?:javascript|cookies)|please upgrade your browser",
    r"javascript (?:is (?:disabled|required|not)|must be)\b",
    r"your browser (?:is (?:not supported|out of date|outdated)|does(?: not|n['’]t) support)",
    r"you are using an? (?:old|outdated|unsupported) (?:version|browser)",
    r"this (?:page|site|website) (?:is best viewed|requires (?:javascript|cookies)|works best)",
    r"to (?:view|watch|play) this (?:video|content).{0,40}\b(?:javascript|browser|cookies|accept)\b",
    r"(?:sign up|subscribe|register)(?: now| today| here)? (?:to|for)\b"
    r".{0,80}\b(?:newsletters?|emails?|alerts?|briefing|digest|updates|channel|podcast|inbox)\b",
    r"get (?:the|our|all)\b.{0,80}\b(?:newsletters?|inbox)\b",
    r"you can unsubscribe\b|unsubscribe at any time",
    r"(?:follow|like|join) .{1,30} on (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|social)\b",
    r"join our \w{1,20} channel\b|we and our (?:\d+ )?partners\b|our standards: ",
    r"support .{0,30}\bjournalism\b.{0,60}\b(?:subscribe|donate|contribute|member)\b",
    r"your email address will not be published\b",
    r"download (?:our|the) (?:\w+ )?app\b|try our new (?:site|website|app|design|homepage)\b",
    r"already (?:(?:a (?:subscriber|member)|registered) ?\?|have an account)",
    r".{0,60}\bnot responsible for the content of external\b",
    r"die verwendung von cookies\b.{0,60}\bsie\b",
    r"mit der (?:weiteren )?nutzung\b.{0,80}\bstimmen sie\b.{0,80}\b(?:cookies|zu)\b",
    r"ihr browser (?:ist veraltet|unterstützt|wird nicht)",
    r"bitte (?:aktivieren|erlauben) sie (?:javascript|cookies)",
    r"folgen sie uns (?:auf|bei) (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube)\b",
    r"(?:melden sie sich|abonnieren sie|jetzt)\b.{0,80}\bnewsletter\b",
    r"en (?:poursuivant|continuant)\b.{0,80}\bvous (?:acceptez|consentez)\b.{0,80}\bcookies\b",
    r"veuillez activer (?:javascript|les cookies)",
    r"(?:inscrivez-vous|abonnez-vous|recevez)\b.{0,80}\b(?:newsletters?|lettre d['’]information)",
    r"suivez-nous sur (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube)\b",
    r"(?:al continuar|si continúas?|al navegar)\b.{0,80}\baceptas?\b.{0,80}\bcookies\b",
    r"(?:por favor,? )?active javascript\b",
    r"(?:suscríbete|suscríbase|regístrate|reciba|recibe)\b.{0,80}\b(?:newsletter|boletín)",
    r"sí(?:guenos|ganos) en (?:facebook|twitter|x|instagram|telegram|whatsapp|youtube)\b",
)

COOKIES = _openings(
    r"(?:we|our (?:web)?site|this (?:web)?site|this page)\b.{0,40}\buses? [\w ]{0,30}cookies\b",
    r"(?:wir|unsere (?:web)?seite|diese (?:web)?seite|diese website)\b"
    r".{0,40}\b(?:verwende[nt]|nutz(?:en|t)|setz(?:en|t))\b.{0,30}\bcookies\b",
    r"(?:nous utilisons|(?:ce|notre) site(?: web)? utilise)\b.{0,30}\bcookies\b",
    r"(?:utilizamos|usamos)\b.{0,30}\bcookies\b",
    r"est(?:e sitio|a página)(?: web)? (?:utiliza|usa)\b.{0,30}\bcookies\b",
)

# Searched anywhere: words that turn a statement about cookies into a request to the visitor.
CONSENT = re.compile(
    r"\b(?:you|your|consent|accept|agree|settings|preferences|policy|"
    r"sie|ihr|ihre|ihnen|zustimm\w*|akzept\w*|einstellungen|datenschutz\w*|"
    r"vous|votre|vos|accept\w+|confidentialité|paramètres|"
    r"usted|su|tu|acepta\w*|configura\w*|política|experiencia)\b",
    re.IGNORECASE,
)

# Searched anywhere: a page does not report what somebody said.
REPORTING = re.compile(
    r"\b(?:said|says|told|asked|wrote|reported|according to|announced|found|"
    r"sagte|erklärte|berichtete|teilte|schrieb|laut|"
    r"a dit|a déclaré|selon|a annoncé|a écrit|"
    r"dijo|declaró|según|anunció|escribió)\b",
    re.IGNORECASE,
)
