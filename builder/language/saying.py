"""The words by which texts of several languages say who speaks: verbs, credits, and what cannot belong to a name.

All are compared in small letters. The languages stand together, as a text may quote in another one.
"""

from __future__ import annotations

from builder.language import listed

SAYING = listed(
    # English
    "said says told tells added adds stated insisted insists stressed stresses emphasised emphasized emphasises "
    "emphasizes underlined underscored underscores highlighted highlights noted explained explains argued argues "
    "acknowledged acknowledges admitted admits announced announces asked asks replied replies answered answers "
    "remarked remarks warned warns urged urges declared declares claimed claims continued recalled recalls wrote "
    "writes tweeted posted commented expressed expresses pointed reiterated reiterates reaffirmed conceded concluded "
    "concludes believed believes hoped hopes described describes called calls promised vowed pledged pleaded "
    "demanded demands suggested suggests shouted whispered quipped joked confirmed confirms denied denies "
    "reported complained complains asserted asserts maintained maintains mentioned predicted responded "
    "responds retorted "
    # German
    "sagte sagt erklärte erklärt betonte betont meinte meint fügte ergänzte teilte schrieb schreibt fragte fragt "
    "antwortete antwortet erzählte erzählt berichtete berichtet rief warnte forderte sprach spricht nannte nennt "
    # French
    "dit déclaré déclare affirmé affirme ajouté ajoute expliqué explique estimé estime raconte raconté indiqué "
    "indique souligné souligne répondu répond écrit demandé demande précisé précise "
    # Spanish, Italian, Portuguese
    "dijo dice afirmó afirma añadió declaró señaló explicó respondió contó aseguró subrayó preguntó agregó "
    "detto dice aggiunto affermato dichiarato spiegato risposto disse afirmou acrescentou "
    # Dutch, Swedish, Danish, Norwegian
    "zei zegt vertelt vertelde schreef säger sade sa berättar sier siger sagde"
)
"""Finite forms only. What is rather a noun in small letters, such as "notes" or "reports", is left out."""
CREDITS = {
    words[0]: (words,)
    for words in (
        ("according", "to"), ("in", "the", "words", "of"), ("laut",), ("nach", "angaben", "von"), ("selon",),
        ("d'après",), ("d’après",), ("según",), ("secondo",), ("volgens",), ("enligt",), ("ifølge",),
    )
}  # fmt: skip
"""What stands before whom words are credited to, by the first word."""
BESIDE_VERB = listed(
    "also has have had then later further again repeatedly once did does even simply only just still "
    "hat habe haben auch a ont avait ha han también också después luego dann sedan m'a m’a a-t-il a-t-elle"
)
"""Words between a speaker and the verb."""
PRONOUNS = listed("he she they i we ze er sie il elle ils elles on él ella ellos lui lei hij zij hon")
NOBODY = listed("it this that there which who what es ce cela chi")
JOINS = listed(
    "and but that which who whom whose as when while after before where if because since although or so than "
    "und aber dass wie als et mais que qui y pero"
)
"""A clause begins after them."""
ENDS_NAME = listed(
    "on in at during after before when while as that who whom if to with by and but because from amid about into "
    "am im bei nach vor mit hinzu à au lors devant pendant durante"
)
"""A name that follows its verb ends before them."""
ENDS_CREDIT = listed("on in at during after before while as that who whom which and but because when")
"""A credited name ends before them; it may well hold a "by"."""
ARTICLES = listed(
    "the a an one his her their its our my der die das ein eine le la les un une l el los las il lo uno una"
)
TITLES = listed("mr mrs ms dr st gen sen gov rep prof lt col jr sr no vs jan feb mar apr jun jul aug sep oct nov dec")
SPEECH = listed("demand demands remark remarks statement promise comment comments appeal call request offer")
DAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today"
)
