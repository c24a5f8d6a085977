"""The clauses of the document for the Document page: filtered, as tables, and one in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape

import pandas as pd

from model.clauses import KINDS, PARTS, PLACES, Clause, clauses
from model.inputs import levers, parameters
from views.language import LANGUAGES, Translate

OUT = "out_of_scope"
"""Kind of clauses that have no place in the model, and say why."""


def part_name(part: str, language: str) -> str:
    """Name of a part of the document."""
    return PARTS[part][list(LANGUAGES).index(language)]


def lever_name(lever: str, language: str) -> str:
    """Name of a lever."""
    return getattr(levers()[lever], language)


def own_text(clause: Clause, name: str, language: str) -> str:
    """One of the clause's texts in a language: `how` or `reason`."""
    return getattr(clause, f"{name}_{language}")


def explained(clause: Clause, language: str) -> str:
    """How the clause is modelled, or why it is not."""
    return own_text(clause, "reason" if clause.kind == OUT else "how", language)


def searched(clause: Clause) -> str:
    """What a search looks through: all texts of the clause in both languages, and the ids it is mapped to."""
    told = [clause.id, clause.title_zh, clause.quote, clause.zh, clause.en, *clause.responsible]
    told += [own_text(clause, name, code) for name in ("how", "reason") for code in LANGUAGES]
    told += [name for names in clause.mapping.values() for name in names]
    return " ".join(told).lower()


def chosen(kinds: Sequence[str] = (), part: str = "", lever: str = "", words: str = "") -> list[Clause]:
    """Clauses of any of the kinds, of a part, mapped to a lever, that hold all words; what is empty does not choose."""
    terms = words.lower().split()
    return [
        clause
        for clause in clauses()
        if (not kinds or clause.kind in kinds)
        and (not part or clause.part == part)
        and (not lever or lever in clause.mapping.get("levers", ()))
        and all(term in searched(clause) for term in terms)
    ]


def clause_rows(found: Sequence[Clause], t: Translate, language: str) -> pd.DataFrame:
    """The clauses as a table: what each says, word for word and in short, and how it is modelled."""
    joiner = "、" if language == "zh" else ", "
    columns = [t(f"document.{key}") for key in ("clause", "kind", "quote", "how", "levers", "summary", "part")]
    rows = [
        (
            clause.id,
            t(f"kind.{clause.kind}"),
            clause.quote,
            explained(clause, language),
            joiner.join(lever_name(x, language) for x in clause.mapping.get("levers", ())),
            getattr(clause, language),
            part_name(clause.part, language),
        )
        for clause in found
    ]
    return pd.DataFrame(rows, columns=columns)


def part_rows(t: Translate, language: str) -> pd.DataFrame:
    """How many clauses of each kind every part of the document has."""
    rows = []
    for part in PARTS:
        counts = Counter(clause.kind for clause in clauses() if clause.part == part)
        row = {t("document.part"): part_name(part, language)} | {t(f"kind.{kind}"): counts[kind] for kind in KINDS}
        rows.append(row | {t("document.all"): counts.total()})
    return pd.DataFrame(rows)


def lever_rows(t: Translate, language: str) -> pd.DataFrame:
    """Which clauses every lever carries."""
    rows = []
    for lever in levers().values():
        own = [clause.id for clause in clauses() if lever.id in clause.mapping.get("levers", ())]
        row = (getattr(lever, language), t(f"group.{lever.group}"), len(own), ", ".join(own))
        rows.append(row)
    return pd.DataFrame(rows, columns=[t(f"document.{key}") for key in ("lever", "group", "number", "clauses")])


def variable_names() -> Mapping[str, Mapping[str, str]]:
    """Names of all variables and indicators of the model by language."""
    from model.run import prepared_system

    return {name: {"zh": v.zh, "en": v.en} for name, v in prepared_system().variables.items()}


def name_of(place: str, name: str, language: str) -> str:
    """Name of a lever, parameter, variable or indicator that a clause is mapped to."""
    if place == "levers":
        return lever_name(name, language)
    if place == "parameters":
        return getattr(parameters()[name], language)
    return variable_names().get(name, {}).get(language, name)


def details(clause: Clause, t: Translate, language: str, lever_note: Callable[[str], str]) -> str:
    """One clause in full, as HTML; `lever_note` says where a lever stands now."""
    parts = [
        f"<h2>{escape(clause.id)} · {escape(clause.title_zh if language == 'zh' else part_name(clause.part, language))}"
        f'<span class="kind {escape(clause.kind)}">{escape(t(f"kind.{clause.kind}"))}</span></h2>',
        f'<blockquote lang="zh">{escape(clause.quote)}</blockquote>',
        f"<p>{escape(getattr(clause, language))}</p>",
        f"<h3>{escape(t('document.reason' if clause.kind == OUT else 'document.how'))}</h3>",
        f"<p>{escape(explained(clause, language))}</p>",
    ]
    for place in PLACES:
        names = clause.mapping.get(place, ())
        if names:
            items = "".join(
                f"<li>{escape(name_of(place, name, language))} <code>{escape(name)}</code>"
                + (f" <span>{escape(lever_note(name))}</span>" if place == "levers" else "")
                + "</li>"
                for name in names
            )
            parts.append(f"<h3>{escape(t(f'document.{place}'))}</h3><ul>{items}</ul>")
    if clause.responsible:
        joined = "、".join(clause.responsible)
        parts.append(f'<h3>{escape(t("document.responsible"))}</h3><p lang="zh">{escape(joined)}</p>')
    return f'<article class="clause-details">{"".join(parts)}</article>'
