"""The clauses of the document for the Document page: filtered, as tables, and one in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from model.clauses import KINDS, PARTS, PLACES, Clause, clauses
from model.inputs import levers, parameters
from views.language import Locale

OUT = "out_of_scope"
"""Kind of clauses that have no place in the model, and say why."""


def part_name(part: str, locale: Locale) -> str:
    """Name of a part of the document."""
    return locale.text(PARTS[part])


def lever_name(lever: str, locale: Locale) -> str:
    """Name of a lever."""
    return locale.text(levers()[lever].label)


def explanation(clause: Clause, locale: Locale) -> str:
    """How the clause is modelled, or why it is not."""
    return locale.text((clause.reason if clause.kind == OUT else clause.how) or "")


def search_text(clause: Clause) -> str:
    """What a search looks through: all texts of the clause in both languages, and the ids it is mapped to."""
    words = [clause.id, clause.title_zh, clause.quote, *clause.label, *clause.responsible]
    words += [word for text in (clause.how, clause.reason) if text for word in text]
    words += [name for names in clause.mapping.values() for name in names]
    return " ".join(words).lower()


def filtered(
    kinds: Sequence[str] = (), part: str = "", lever: str = "", words: str = "", indicator: str = ""
) -> list[Clause]:
    """Clauses of any of the kinds, of a part, mapped to a lever and to an indicator, that hold all words; what is empty
    does not choose."""
    terms = words.lower().split()
    return [
        clause
        for clause in clauses()
        if (not kinds or clause.kind in kinds)
        and (not part or clause.part == part)
        and (not lever or lever in clause.mapping.get("levers", ()))
        and (not indicator or indicator in clause.mapping.get("indicators", ()))
        and all(term in search_text(clause) for term in terms)
    ]


def indicators() -> list[str]:
    """The indicators that clauses are mapped to, in the order of the clauses."""
    return list(dict.fromkeys(name for clause in clauses() for name in clause.mapping.get("indicators", ())))


def clause_rows(found: Sequence[Clause], locale: Locale) -> pd.DataFrame:
    """The clauses as a table: what each says, word for word and in short, and how it is modelled."""
    columns = [
        locale.translate(f"document.{key}") for key in ("clause", "kind", "quote", "how", "levers", "summary", "part")
    ]
    rows = [
        (
            clause.id,
            locale.translate(f"kind.{clause.kind}"),
            clause.quote,
            explanation(clause, locale),
            locale.enumeration(lever_name(x, locale) for x in clause.mapping.get("levers", ())),
            locale.text(clause.label),
            part_name(clause.part, locale),
        )
        for clause in found
    ]
    return pd.DataFrame(rows, columns=columns)


def part_rows(locale: Locale) -> pd.DataFrame:
    """How many clauses of each kind every part of the document has."""
    rows = []
    for part in PARTS:
        counts = Counter(clause.kind for clause in clauses() if clause.part == part)
        row = {locale.translate("document.part"): part_name(part, locale)} | {
            locale.translate(f"kind.{kind}"): counts[kind] for kind in KINDS
        }
        rows.append(row | {locale.translate("document.all"): counts.total()})
    return pd.DataFrame(rows)


def lever_rows(locale: Locale) -> pd.DataFrame:
    """Which clauses every lever carries."""
    rows = []
    for lever in levers().values():
        ids = [clause.id for clause in clauses() if lever.id in clause.mapping.get("levers", ())]
        row = (locale.text(lever.label), locale.translate(f"group.{lever.group}"), len(ids), ", ".join(ids))
        rows.append(row)
    return pd.DataFrame(
        rows, columns=[locale.translate(f"document.{key}") for key in ("lever", "group", "number", "clauses")]
    )


def name_of(place: str, name: str, locale: Locale) -> str:
    """Name of a lever, parameter, variable or indicator that a clause is mapped to."""
    if place == "levers":
        return lever_name(name, locale)
    if place == "parameters":
        return locale.text(parameters()[name].label)
    from model.system import system

    variable = system().variables.get(name)
    return name if variable is None else locale.text(variable.label)


def details_html(clause: Clause, locale: Locale, lever_note: Callable[[str], str]) -> str:
    """One clause in full, as HTML; `lever_note` says where a lever stands now."""
    parts = [
        f"<h2>{escape(clause.id)} · {escape(clause.title_zh if locale.is_chinese else part_name(clause.part, locale))}"
        f'<span class="kind {escape(clause.kind)}">{escape(locale.translate(f"kind.{clause.kind}"))}</span></h2>',
        f'<blockquote lang="zh">{escape(clause.quote)}</blockquote>',
        f"<p>{escape(locale.text(clause.label))}</p>",
        f"<h3>{escape(locale.translate('document.reason' if clause.kind == OUT else 'document.how'))}</h3>",
        f"<p>{escape(explanation(clause, locale))}</p>",
    ]
    for place in PLACES:
        names = clause.mapping.get(place, ())
        if names:
            items = "".join(
                f"<li>{escape(name_of(place, name, locale))} <code>{escape(name)}</code>"
                + (f" <span>{escape(lever_note(name))}</span>" if place == "levers" else "")
                + "</li>"
                for name in names
            )
            parts.append(f"<h3>{escape(locale.translate(f'document.{place}'))}</h3><ul>{items}</ul>")
    if clause.responsible:
        joined = "、".join(clause.responsible)
        parts.append(f'<h3>{escape(locale.translate("document.responsible"))}</h3><p lang="zh">{escape(joined)}</p>')
    return f'<article class="clause-details">{"".join(parts)}</article>'
