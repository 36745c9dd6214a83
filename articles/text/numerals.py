"""Words that are numbers, units, days and denials in English, German, French and Spanish: data for significant.py."""


def _values(table: str) -> dict[str, str]:
    """One row a value: it first, then the words for it."""
    rows = (row.split() for row in table.strip().splitlines())
    return {word: row[0] for row in rows for word in row[1:]}


# Without the words for one that are articles too.
NUMBERS = {
    word: int(value)
    for word, value in _values("""
0 zero nil null zéro cero
1 one eins
2 two twice zwei zwo deux dos both
3 three thrice drei trois tres
4 four vier quatre cuatro
5 five fünf cinq cinco
6 six sechs seis
7 seven sieben sept siete
8 eight acht huit ocho
9 nine neun neuf nueve
10 ten zehn dix diez
11 eleven elf onze once
12 twelve zwölf douze doce dozen dozens dutzend douzaine docena
13 thirteen dreizehn treize trece
14 fourteen vierzehn quatorze catorce
15 fifteen fünfzehn quinze quince
16 sixteen sechzehn seize dieciséis
17 seventeen siebzehn diecisiete
18 eighteen achtzehn dieciocho
19 nineteen neunzehn diecinueve
20 twenty zwanzig vingt veinte
30 thirty dreißig dreissig trente treinta
40 forty vierzig quarante cuarenta
50 fifty fünfzig cinquante cincuenta
60 sixty sechzig soixante sesenta
70 seventy siebzig setenta
80 eighty achtzig ochenta
90 ninety neunzig noventa
100 hundred hundreds hundert cent cents cien ciento cientos
1000 thousand thousands tausend tausende mille milliers mil miles_de
1000000 million millions mio millionen millón millones
1000000000 billion billions bn milliarde milliarden mrd milliard milliards
1000000000000 trillion trillions billionen
""").items()
}
# English words spelled like a foreign number.
for _word in ("once", "sept", "quince", "mil", "null", "nil", "six_", "miles_de", "elf", "seize", "dos", "cents"):
    NUMBERS.pop(_word, None)

FRACTIONS = _values("""
1/2 half halves halb hälfte moitié demi mitad
1/3 third thirds drittel tiers tercio
1/4 quarter quarters viertel quart cuarto
double double doubled verdoppelt
triple triple tripled verdreifacht
majority majority mehrheit majorité mayoría
minority minority minderheit minorité minoría
""")

ORDINALS = _values("""
1st first erste ersten erster premier première primero primera
2nd second zweite zweiten zweiter deuxième seconde segundo segunda
3rd dritte dritten troisième tercero tercera
4th fourth vierte vierten quatrième
5th fifth fünfte fünften cinquième
6th sixth sechste sixième
7th seventh siebte septième
8th eighth achte huitième
9th ninth neunte neuvième
10th tenth zehnte dixième
""")

# Beside a number or alone.
UNITS = _values("""
% percent percentage prozent
point point points prozentpunkte
km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros kilometern
mi mile miles meile meilen
m metre metres meter meters metern mètre mètres metro metros
cm centimetre centimetres centimeter centimeters
ft foot feet
yd yard yards
in inch inches
ha hectare hectares hektar hectárea hectáreas
acre acre acres
kg kilogram kilograms kilo kilos kilogramm
g gram grams gramm gramme grammes gramos
t ton tons tonne tonnes tonnen toneladas
lb pounds_of
l litre litres liter liters litro litros
gal gallon gallons
bbl barrel barrels
$ dollar dollars usd
€ euro euros eur
£ sterling gbp
¥ yen
rouble rouble roubles ruble rubles rubel
s second_of seconds sekunde sekunden secondes segundos
min minute minutes minuten minutos
h hour hours stunde stunden heure heures hora horas
d day days tag tage tagen jour jours día días
w week weeks woche wochen semaine semaines semana semanas
month month months monat monate monaten mois mes meses
year year years jahr jahre jahren année années ans año años
decade decade decades jahrzehnt jahrzehnte décennie décennies década décadas
century century centuries jahrhundert jahrhunderte siècle siècles siglo siglos
degree degree degrees grad degrés grados
celsius celsius centigrade
fahrenheit fahrenheit
kb kilobyte kilobytes
mb megabyte megabytes
gb gigabyte gigabytes
tb terabyte terabytes
w_ watt watts
kw kilowatt kilowatts
mw megawatt megawatts
gw gigawatt gigawatts
""")
# Only right after a number: alone they are letters or other words.
SHORT_UNITS = _values("""
km km
mi mi
m m
cm cm
mm mm
ft ft
ha ha
kg kg
g g
t t
lb lb lbs
l l
% pc
mph mph
km/h kph kmh
$ us
£ pound pounds
min min mins
h hr hrs h
kb kb
mb mb
gb gb
tb tb
kw kw
mw mw
gw gw
bbl bbl
s sec secs
""")
SIGNS = {"%": "%", "$": "$", "€": "€", "£": "£", "¥": "¥", "°": "degree"}

WEEKDAYS = _values("""
mon monday mondays montag lundi lunes
tue tuesday tuesdays dienstag mardi martes
wed wednesday wednesdays mittwoch mercredi miércoles
thu thursday thursdays donnerstag jeudi jueves
fri friday fridays freitag vendredi viernes
sat saturday saturdays samstag sonnabend samedi sábado
sun sunday sundays sonntag dimanche domingo
""")
DAYS = _values("""
today today heute aujourd'hui hoy
yesterday yesterday gestern hier_ ayer
tomorrow tomorrow demain mañana
tonight tonight
noon noon midday mittag midi mediodía
midnight midnight mitternacht minuit medianoche
spring spring frühling frühjahr printemps primavera
summer summer sommer été_ verano
autumn autumn herbst automne otoño
winter winter hiver invierno
""")
# Months that are words of their own unless they begin with a capital.
CAPITAL_MONTHS = frozenset(
    ("march", "may", "mar", "mai", "mars", "set", "out", "ago", "dec", "sep", "jan", "dez", "abr", "mag", "ott")
)

NEGATIONS = _values("""
not not n't cannot nicht pas
no no kein keine keinen keiner keinem keines aucun aucune ningún ninguna ninguno
never never nie niemals jamais nunca jamás
without without ohne sans sin
none none nobody nothing nichts niemand rien personne_ nada nadie
neither neither nor weder ni
denied denied deny denies denying denial denials bestritt bestreitet bestreiten dementierte dementiert dementieren
denied leugnet leugnete nie_ démenti dément démentir niega negó niegan negaron desmintió desmiente
ne ne
""")
