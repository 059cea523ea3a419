"""Django, with psycopg 3."""

from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import IntegrityError, models, transaction

from report import BATCH, URL, name_of, report, report_answer

address = urlsplit(URL)
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": address.username,
            "PASSWORD": address.password,
            "HOST": address.hostname,
            "PORT": address.port,
            # A pooler in transaction mode needs this. It does no harm without one. Django prepares nothing by itself.
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }
    }
)
django.setup()


class Workspace(models.Model):
    id = models.BigIntegerField(primary_key=True)
    name = models.TextField()
    runtime = models.TextField()
    model = models.TextField()

    class Meta:
        app_label = "clients"
        db_table = "workspaces"
        managed = False


def set_runtime(workspace_id, runtime):
    # docs begin
    try:
        with transaction.atomic():
            Workspace.objects.filter(pk=workspace_id).update(runtime=runtime)
    except IntegrityError as error:
        diag = error.__cause__.diag  # Django's own exception has the text alone, its cause is psycopg's
        if not (diag.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = diag.message_detail.partition(": ")
        return 422, {"error": diag.message_primary, "code": code, "reason": reason, "hint": diag.message_hint}
    # docs end
    return 200, {}


report("version", django.get_version())
report_answer(set_runtime(2, "hermes"))
try:
    with transaction.atomic():
        workspace = Workspace.objects.get(pk=2)
        workspace.name = "renamed"
        workspace.save()
        workspace.runtime = "hermes"
        workspace.save()
except IntegrityError as error:
    report("error", name_of(error).replace("django.db.utils", "django.db"))
    report("sqlstate", error.__cause__.sqlstate)
    report("constraint", error.__cause__.diag.constraint_name)
report("after", Workspace.objects.get(pk=2).name)
report("switch", set_runtime(1, "hermes")[0])
try:
    Workspace.objects.bulk_create(Workspace(*row) for row in BATCH)
except IntegrityError as error:
    report("batch", name_of(error).replace("django.db.utils", "django.db"))
