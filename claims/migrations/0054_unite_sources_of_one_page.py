"""Unites stored sources of one page: what belongs to the later ones moves to the oldest, to which they redirect.

Snapshots that both have stay where they are, without their quotes. What moved is kept in `SourceMerge`, so that
reversing the migration moves it back. Nothing else is decided: of a quote that was extracted from both, both stay.
"""

from django.db import migrations
from django.db.models import Count
from django.utils import timezone

from claims.addresses import page_key
from claims.services.sources.anchors import locate_quote

BATCH_SIZE = 1000


def update_keys(sources):
    last = 0
    while rows := list(sources.filter(pk__gt=last).exclude(url="").order_by("pk").only("url", "page_key")[:BATCH_SIZE]):
        outdated = [row for row in rows if row.page_key != page_key(row.url)]
        for row in outdated:
            row.page_key = page_key(row.url)
        sources.bulk_update(outdated, ["page_key"])
        last = rows[-1].pk


class Union:
    """Moves the rows of one source to another."""

    def __init__(self, apps, alias, kept, merged):
        self.rows = lambda name: apps.get_model("claims", name).objects.using(alias)
        self.kept, self.merged = kept, merged
        self.moved = {}

    def unite(self):
        for snapshot in self.rows("snapshot").filter(source=self.merged).order_by("pk").only("sha256"):
            same = self.rows("snapshot").filter(source=self.kept, sha256=snapshot.sha256).only("pk").first()
            if same is None:
                self.move(self.rows("snapshot").filter(pk=snapshot.pk), "source", self.kept.pk)
                continue
            self.move(self.rows("quote").filter(snapshot=snapshot), "snapshot", same.pk)
            anchored = self.rows("anchor").filter(snapshot=same).values("quote")
            self.move(self.rows("anchor").filter(snapshot=snapshot).exclude(quote__in=anchored), "snapshot", same.pk)
        for name in ("evidence", "notice", "assignment"):
            if name != "assignment" or not self.rows(name).filter(source=self.kept).exists():
                self.move(self.rows(name).filter(source=self.merged), "source", self.kept.pk)
        self.moved["anchor"] = [anchor.pk for anchor in self.add_anchors()]
        self.merged.merged_into_id = self.kept.pk
        self.merged.save(update_fields=["merged_into"])
        self.rows("sourcemerge").create(kept=self.kept, merged=self.merged, moved=self.moved)
        self.add_history()

    def move(self, rows, column, target):
        name = rows.model._meta.model_name
        self.moved.setdefault(f"{name}.{column}", []).extend(
            list(pair) for pair in rows.order_by("pk").values_list("pk", f"{column}_id")
        )
        rows.update(**{column: target})

    def add_anchors(self):
        """Locates the quotes of each snapshot in the later ones, as is done when a new snapshot is stored."""
        texts = dict(self.rows("snapshot").filter(source=self.kept).values_list("pk", "text"))
        anchored = set(self.rows("anchor").filter(snapshot__in=texts).values_list("quote", "snapshot"))
        for quote in self.rows("quote").filter(snapshot__in=texts).order_by("pk"):
            for later in sorted(texts):
                if later > quote.snapshot_id and (quote.pk, later) not in anchored:
                    state, spans = locate_quote(quote, texts[quote.snapshot_id], texts[later])
                    yield self.rows("anchor").create(quote=quote, snapshot_id=later, state=state, spans=spans)

    def add_history(self):
        fields = self.rows("historicalsource").model._meta.get_fields()
        names = {field.attname for field in fields if hasattr(field, "attname")}
        values = {name: value for name, value in vars(self.merged).items() if name in names}
        reason = f"merged into source {self.kept.pk}: the same page"
        entry = {"history_date": timezone.now(), "history_type": "~", "history_change_reason": reason}
        self.rows("historicalsource").create(**values, **entry)


def unite_sources(apps, schema_editor):
    alias = schema_editor.connection.alias
    sources = apps.get_model("claims", "source").objects.using(alias)
    update_keys(sources)
    keys = sources.exclude(page_key="").order_by().values("page_key").annotate(n=Count("pk")).filter(n__gt=1)
    for key in list(keys.values_list("page_key", flat=True)):
        kept, *others = sources.filter(page_key=key).order_by("created_at", "pk")
        for merged in others:
            Union(apps, alias, kept, merged).unite()


def part_sources(apps, schema_editor):
    alias = schema_editor.connection.alias
    for merge in apps.get_model("claims", "sourcemerge").objects.using(alias).order_by("-pk"):
        apps.get_model("claims", "anchor").objects.using(alias).filter(pk__in=merge.moved.pop("anchor")).delete()
        for path, pairs in merge.moved.items():
            name, column = path.split(".")
            rows = apps.get_model("claims", name).objects.using(alias)
            for pk, former in pairs:
                rows.filter(pk=pk).update(**{column: former})
        merge.merged.merged_into_id = None
        merge.merged.save(update_fields=["merged_into"])
        merge.delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0053_source_merges")]

    operations = [migrations.RunPython(unite_sources, part_sources)]
