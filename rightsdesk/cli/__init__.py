"""The `rightsdesk` command: every subcommand imports what it needs, so that `check` starts without Rasa."""

from __future__ import annotations

import click

from rightsdesk import settings
from rightsdesk.cli import assistant, city_team, embedding, feedback, knowledge, publishing
from rightsdesk.cli.common import WrongUse


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rightsdesk")
def main() -> None:
    """Residents' digital rights in city services: serve, ask, check and measure."""
    try:
        settings.read()
        settings.today()
    except settings.BadSetting as bad:
        raise WrongUse(str(bad)) from None


for command in (
    *(assistant.ask, assistant.shell, assistant.train, assistant.serve, assistant.evaluate),
    *(knowledge.check, knowledge.explain, knowledge.coverage, knowledge.schema),
    *(knowledge.translated, knowledge.migrate),
    *(city_team.new, city_team.review, city_team.diff, city_team.xlsx, feedback.counts),
    *(publishing.preview, publishing.export, embedding.embed_code),
):
    main.add_command(command)
