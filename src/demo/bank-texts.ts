/** Questions of the demo's bank, as somebody wrote them in GIFT. */
export const BANK_GIFT = `$CATEGORY: Turvallisuus/4.2 Suojaan itseni

// [tag:competence:4.2] [tag:level:1]
::Tunnusluku puhelimessa::Soittaja sanoo olevansa pankista ja kysyy tunnuslukuasi. Mitä teet? {
=Lopetan puhelun ja soitan itse pankkiin.#Pankki ei koskaan kysy tunnuslukua.
~Kerron luvun, jos ääni on ystävällinen.#Huijari voi olla hyvin ystävällinen.
~Pyydän häntä soittamaan huomenna.#Sama soitto tulee uudelleen. Soita itse pankkiin.
####Oikea pankki ei kysy tunnuslukuja puhelimessa.}

// [tag:competence:4.2] [tag:level:2]
::Pitkä salasana::Pitkä salalause on yleensä turvallisempi kuin lyhyt ja mutkikas salasana. {T#Pituus auttaa eniten: jokainen merkki lisää arvattavaa.#Juuri näin.}

// [tag:competence:4.2] [tag:level:2] [tag:choose:many]
::Huijausviestin merkit::Mistä huijausviestin tunnistaa? {
~%50%Viestissä on kiire.#Kiire on tavallisin merkki.
~%50%Viesti pyytää tunnuksia tai rahaa.
~%-50%Viesti on suomeksi.#Huijausviestit ovat usein hyvää suomea.
~%-50%Viesti tulee arkipäivänä.
####Kiire ja pyyntö yhdessä: pysähdy ja kysy toiselta.}

// [tag:competence:4.2] [tag:level:2]
::Kuka auttaa::Kenelle soitat ensin? {
=Annoit pankkitunnukset väärälle sivulle -> Oma pankki
=Kadotit puhelimesi -> Oma operaattori
=Joku uhkailee sinua viesteillä -> Poliisi
####Kysyä saa aina. Kukaan ei selviä kaikesta yksin.}

// [tag:competence:4.2] [tag:level:1]
::Hätänumero::Mihin numeroon soitat, kun on hätä? {#112 ####Numeroon 112 voi soittaa ilman saldoa.}

// [tag:competence:4.2] [tag:level:2]
::Kaksi vaihetta::Miksi sanotaan kirjautumista, jossa salasanan lisäksi tarvitaan koodi? {
=kaksivaiheinen*
=kaksivaiheiseksi*
=monivaihei*
####Kaksi vaihetta pitää tilin turvassa, vaikka salasana vuotaisi.}

// [tag:competence:2.1] [tag:level:1]
::Ryhmäviesti::Haluat kertoa tapaamisesta kaikille kerralla. Mikä sopii? {
=Ryhmäviesti
~Soitto jokaiselle erikseen
~Päivitys, jonka näkevät kaikki maailmassa#Tapaamisesta ei tarvitse kertoa kaikille.
####Ryhmäviesti menee vain niille, jotka ovat ryhmässä.}
`;

/** A file from Moodle that waits to be looked through: some of it is read, some in part, some not at all. */
export const SENT_MOODLE = `<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Digituki/4.2 Turva</text></category></question>
<question type="multichoice"><name><text>Päivitys odottaa</text></name>
<questiontext format="html"><text><![CDATA[<p>Puhelin ehdottaa päivitystä <strong>illalla</strong>. Olet kotona ja laturi on käsillä.</p><p>Mitä teet?</p>]]></text></questiontext>
<generalfeedback format="html"><text><![CDATA[<p>Päivitys korjaa turvallisuuden aukkoja.</p>]]></text></generalfeedback>
<defaultgrade>1</defaultgrade><single>true</single><shuffleanswers>true</shuffleanswers>
<answer fraction="100" format="html"><text><![CDATA[<p>Asennan sen ja jätän puhelimen laturiin.</p>]]></text><feedback format="html"><text></text></feedback></answer>
<answer fraction="0" format="html"><text><![CDATA[<p>Ohitan sen aina.</p>]]></text><feedback format="html"><text><![CDATA[<p>Moni tekee näin. Ilman päivitystä aukot jäävät auki.</p>]]></text></feedback></answer>
</question>
<question type="cloze"><name><text>Täydennä: lähiverkko</text></name>
<questiontext format="html"><text><![CDATA[<p>Avoimessa verkossa {1:SHORTANSWER:=muut~%100%toiset} voivat nähdä, mitä teet. Pankkiin kirjaudut {1:MULTICHOICE:=omalla yhteydellä~kahvilan verkossa}.</p>]]></text></questiontext>
<generalfeedback format="html"><text></text></generalfeedback></question>
<question type="essay"><name><text>Kerro omin sanoin</text></name>
<questiontext format="html"><text><![CDATA[<p>Kerro, milloin viimeksi epäilit viestiä huijaukseksi.</p>]]></text></questiontext><graderinfo format="html"><text></text></graderinfo></question>
<question type="numerical"><name><text>Montako merkkiä</text></name>
<questiontext format="html"><text><![CDATA[<p>Kuinka monta merkkiä on salasanassa <code>kissa2026</code>?</p>]]></text></questiontext>
<answer fraction="100"><text>9</text><tolerance>0</tolerance><feedback><text></text></feedback></answer>
<units><unit><multiplier>1</multiplier><unit_name>merkkiä</unit_name></unit></units></question>
<question type="calculated"><name><text>Kuukausimaksu</text></name><questiontext format="html"><text><![CDATA[<p>Paljonko on {a} + {b}?</p>]]></text></questiontext></question>
<question type="truefalse"><name><text>Kesken jäänyt</text></name><questiontext format="html"><text><![CDATA[<p>Sama salasana käy joka paikkaan.</p>]]></text></questiontext>
<question type="ordering"><name><text>Puhelin katosi</text></name>
<questiontext format="html"><text><![CDATA[<p>Puhelin katosi. Missä järjestyksessä toimit?</p>]]></text></questiontext>
<answer fraction="1.0" format="html"><text>Soitan puhelimeen toisella puhelimella</text></answer>
<answer fraction="2.0" format="html"><text>Suljen liittymän</text></answer>
<answer fraction="3.0" format="html"><text>Vaihdan salasanat</text></answer>
</question>
</quiz>`;
