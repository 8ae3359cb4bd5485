"""The emergency card and the emergency article: who reads only one of them must not learn less of when to call."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARD = (ROOT / "theme/templates/partials/emergency_card.html").read_text("utf-8")
SPANISH, ENGLISH = CARD.split("{% else %}")
SIGNS = {
    "when-a-headache-is-an-emergency.md": (
        ENGLISH,
        "911|sudden|worst|weakness|numbness|confusion|seizure|speaking|seeing|walking|fever|stiff neck|blow|accident|fainting|eye"
        "|waters|pregnancy|weeks after birth|same day|50|cancer|immune system",
    ),
    "when-a-headache-is-an-emergency.es.md": (
        SPANISH,
        "911|repentino|peor|debilidad|adormecimiento|confusión|convulsión|hablar|ver|caminar|fiebre|rígido|golpe|accidente|desmayo|ojo"
        "|llora|embarazo|después del parto|mismo día|50 años|cáncer|defensas bajas",
    ),
}


@pytest.mark.parametrize("name", SIGNS)
def test_the_card_and_the_article_name_the_same_signs(name: str) -> None:
    card, signs = SIGNS[name]
    article = (ROOT / "content/articles" / name).read_text("utf-8")
    for sign in signs.split("|"):
        assert sign.lower() in card.lower(), f"the card does not name {sign!r}"
        assert sign.lower() in article.lower(), f"the article does not name {sign!r}"
