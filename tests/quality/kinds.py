"""One page of each kind, from the repository's own site."""

BRIEFING = "blinken-in-beijing/"

PAGES = {
    "digest": "index.html",
    "overview": f"{BRIEFING}index.html",
    "matrix": f"{BRIEFING}matrix.html",
    "timeline": f"{BRIEFING}timeline.html",
    "number-claim": f"{BRIEFING}claims/talks-length.html",
    "wording-claim": f"{BRIEFING}claims/open-channels.html",
    "source": f"{BRIEFING}sources/mothership.html",
    "wording": f"{BRIEFING}wording.html",
    "numbers": f"{BRIEFING}numbers.html",
    "origins": f"{BRIEFING}origins.html",
    "coverage": f"{BRIEFING}coverage.html",
    "worksheet": f"{BRIEFING}worksheet.html",
    "worksheet-key": f"{BRIEFING}worksheet-key.html",
    "search": "search.html",
    "how-to-read": "how-to-read.html",
    "corrections": "corrections.html",
    "404": "404.html",
}
