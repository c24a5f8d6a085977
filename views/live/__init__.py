"""The live class: rooms that phones join by a code, votes on a lesson's question, and the budget game in teams."""
