"""Towns and countries: enough of them to tell a place from a rubric or a name. All folded."""

from __future__ import annotations

from newsmon.text.agencies import fold

TOWNS = frozenset(
    """
    alma amos amqui asbestos baie-comeau beauceville beauport becancour blainville boucherville brossard caplan
    caraquet carleton chambly chandler charlevoix chateauguay chibougamau chicoutimi coaticook cowansville
    dolbeau dorval drummondville farnham fermont gaspe gatineau granby grand-mere grand-sault havre-saint-pierre hearst
    hull huntingdon joliette jonquiere kahnawake kanesatake kapuskasing kuujjuaq lachine lachute lasalle laterriere
    laval levis longueuil magog malartic maniwaki maria mascouche matagami matane matapedia mirabel mont-joli
    mont-laurier mont-tremblant montmagny montreal montreal-nord murdochville natashquan neuville nicolet normandin oka
    outremont papineauville paspebiac perce plessisville pohenegamook portneuf prevost quebec rawdon repentigny rigaud
    rimouski roberval rosemere rouyn rouyn-noranda saguenay sainte-foy schefferville senneterre sept-iles shawinigan
    shefferville shippagan sherbrooke sorel sorel-tracy stoneham stukely sutton tadoussac temiscaming terrebonne
    thetford thetford-mines thurso trois-pistoles trois-rivieres uashat val-d'or valcartier valleyfield varennes
    vaudreuil vaudreuil-dorion verdun victoriaville wakefield waterloo weedon wendake westmount windsor
    abbotsford banff barrie bathurst bouctouche brampton brandon burlington calgary campbellton charlottetown cornwall
    dartmouth dieppe edmonton edmundston embrun fredericton gander guelph halifax hamilton hawkesbury iqaluit
    kamloops kelowna kenora kingston kitchener lethbridge lloydminster london markham medicine-hat miramichi
    mississauga moncton nanaimo neguac oakville orillia orleans oshawa ottawa petawawa peterborough petit-rocher
    pickering regina richmond rockland saint-boniface sarnia saskatoon sault-sainte-marie shediac steinbach stratford
    sudbury summerside surrey sydney timmins toronto tracadie truro vancouver vaughan victoria welland whistler
    whitehorse winnipeg yarmouth yellowknife bakhmout bakhmut boutcha bucha dnipro donetsk irpin kharkiv kharkov
    kherson kiev kryvyi kramatorsk kyiv lougansk lviv marioupol mariupol mykolaiv odessa odesa sloviansk tchernihiv
    zaporijia zaporijjia soumy crimee sebastopol
    abidjan abuja accra aden alep alger amman amsterdam ankara antananarivo antioche asmara asuncion athenes atlanta
    auckland bagdad bakou baltimore bamako bangkok bangui barcelone bari bayeux belfast belgrade benghazi berlin berne
    beyrouth biarritz birmingham bogota bombay bonn bordeaux boston brasilia bratislava brazzaville brest brisbane
    bruxelles bucarest budapest cannes canberra caracas casablanca charleroi charm-el-cheikh chicago chisinau cleveland
    cologne colombo conakry copenhague cordoue cracovie dacca dakar dallas damas davos delhi denver detroit djakarta
    djeddah djibouti doha dresde dubai dublin duesseldorf edimbourg erevan falloujah florence francfort freetown
    gand gaza genes geneve glasgow glasgow grenade grenoble guantanamo hambourg hanoi harare helsinki hiroshima homs
    houston islamabad istanbul jakarta jerusalem johannesburg kaboul kampala karachi katmandou khartoum kigali
    kinshasa kinshasa kobe koweit lagos lahore lausanne libreville liege lille lima limoges lisbonne ljubljana lome
    londres luanda lusaka luxembourg lyon macao madrid managua manchester manille maputo marrakech marseille melbourne
    memphis metz mexico miami milan minneapolis minsk mogadiscio monaco monrovia montevideo montpellier moscou mossoul
    mulhouse munich nairobi nantes naples ndjamena niamey nice nicosie nouakchott oran orlando osaka oslo
    ouagadougou oulan-bator paris pekin perpignan perth pessac philadelphie phoenix portland porto prague pretoria
    pyongyang quito rabat rafah ramallah rangoun rennes reykjavik riga rio riyad rome rotterdam rouen sanaa santiago
    sarajevo seattle seoul seville shanghai singapour skopje sofia sotchi stockholm strasbourg stuttgart tallinn
    tbilissi teheran tirana tokyo toulon toulouse tripoli tunis turin valence vallette varsovie venise versailles
    vichy vienne vilnius wellington washington windhoek wuhan yalta yaounde zagreb zurich
    """.replace("-", "_").split()
)
TOWNS = frozenset(town.replace("_", " ") for town in TOWNS)

PLACES = frozenset(
    " ".join(place.split())
    for place in """
    new york|los angeles|san francisco|san diego|hong kong|tel aviv|abou dhabi|abu dhabi|buenos aires|addis abeba|
    nouvelle delhi|new delhi|kuala lumpur|las vegas|rio de janeiro|sao paulo|mexico city|quebec city|cap breton|
    costa rica|royaume uni|etats unis|arabie saoudite|coree du sud|coree du nord|afrique du sud|
    colombie britannique|nouvelle ecosse|nouveau brunswick|terre neuve|terre neuve et labrador|
    ile du prince edouard|port au prince|saint jean|thunder bay|fort mcmurray|red deer|moose jaw|north bay|
    niagara falls|prince albert|prince george|cote nord|cote d'ivoire|cap vert|sri lanka|burkina faso|
    sierra leone|el salvador|porto rico|puerto rico|saint petersbourg|nouvelle zelande|nouvelle caledonie|
    great britain|united states|united kingdom|south africa|saudi arabia|british columbia|nova scotia|
    new brunswick|prince edward island|charm el cheikh|phnom penh|ho chi minh|le caire|la haye|la havane|la paz|
    le cap|le mans|le havre|la rochelle|la valette|saint domingue|saint marin|st. john's|saint john|saint john's|
    la tuque|la malbaie|la pocatiere|la prairie|la sarre|la baie|les escoumins|l'assomption|l'ancienne lorette|
    l'ile perrot|l'epiphanie|les cedres|les coteaux|la durantaye|lac megantic|capitole|iles de la madeleine|
    riviere du loup|salaberry de valleyfield|baie saint paul|notre dame de grace
    """.split("|")
)

COUNTRIES = frozenset(
    """
    canada ukraine russie pologne france belgique suisse allemagne angleterre italie espagne portugal grece
    turquie israel liban syrie irak iran chine japon inde haiti mexique bresil acadie ontario manitoba alberta
    saskatchewan yukon nunavut roumanie hongrie moldavie lituanie lettonie estonie finlande suede norvege
    danemark autriche bielorussie belarus qc on nb ne ab mb sk
    """.split()
)

_OPENERS = frozenset(
    """
    saint sainte saints st ste san santa los las le la les l new nouveau nouvelle fort port cap baie lac mont
    grand grande grandes petit petite val ville notre riviere ile iles pointe anse chute chutes trois sept deux
    cote sault north south east west el al abou abu vieux ancienne pont bas haut parc
    """.split()
)
"""Words that open names of towns, and seldom anything else that stands before a dash."""


def is_place(text: str) -> bool:
    """Whether `text` is a town or country known here."""
    key = fold(text)
    return key in TOWNS or key in PLACES or key in COUNTRIES


def is_town(text: str) -> bool:
    """Whether `text` is a town known here: "Ottawa", "NEW YORK", but no country."""
    key = fold(text)
    return key in TOWNS or (key in PLACES and key not in COUNTRIES)


def opens_town(text: str) -> bool:
    """Whether `text` opens as names of towns do: "Saint-Antoine", "LA MALBAIE"."""
    words = fold(text).replace("'", " ").split()
    return len(words) > 1 and words[0].rstrip(".") in _OPENERS
