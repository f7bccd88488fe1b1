"""`send_notices`: delivers notices by e-mail and to the chat."""

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from claims.services.people.notice_delivery import DeliveryReport, deliver_due
from claims.services.people.notices import is_delivery_configured


def describe_report(report: DeliveryReport) -> str:
    mails = f"{report.mails} mail{pluralize(report.mails)}"
    return f"{mails} and {report.messages} chat message{pluralize(report.messages)} sent"


class Command(BaseCommand):
    help = "Deliver the notices that are due: by e-mail, and to the chat. Run it every minute unless `serve` runs."

    def handle(self, *args: object, **options: object) -> None:
        if not is_delivery_configured():
            raise CommandError("Nothing can be sent: set FACTBASE_EMAIL_URL or FACTBASE_CHAT_URL first.")
        report = deliver_due()
        self.stdout.write(f"{describe_report(report)}.")
        if report.failed:
            raise CommandError(
                f"{report.failed} notice{pluralize(report.failed)} could not be delivered, {report.given_up} of them "
                "for the last time. The reasons are in the admin, under Notifications."
            )
