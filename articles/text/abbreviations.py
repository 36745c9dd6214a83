"""Words around a full stop that tell whether it ends a sentence: data for sentences.py."""


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Before a name or a number: never the end of a sentence.
TITLES = _words("""
mr mrs ms mx dr prof gen col lt sgt cpl capt cmdr maj adm sen rep gov pres hon rev fr st mt ft vs
no nos nr núm p pp vol art fig ch sec cf al ca est dept univ op
hr frl bzw geb abs bd ggf inkl evtl mme mlle mm me sra srta dra lic ud uds sig avv ing dott dhr mevr
""")
# Inside a sentence or at its end: the next word decides.
UNSURE = _words("""
co inc corp ltd bros jr sr etc usw plc llc gmbh ave blvd rd usd approx
jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
""")
# Words that begin a sentence far more often than they are part of a name.
STARTERS = _words("""
a after all also although an and another any as at because before both but by despite during each
even every few for from he her here his how however i if in it its last later many meanwhile more
most my nearly neither no nobody none not nothing now of on once one only or other our over she
since so some still such that the their then there these they this those three through to two under
until we what when where whether which while who why with within without yet you your
der die das den ein eine er sie es wir ich im am nach aber auch
le la les un une il elle ils nous dans mais
el los las una en pero también según
""")
