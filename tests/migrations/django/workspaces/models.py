from django.db import models


class Workspace(models.Model):
    id = models.BigIntegerField(primary_key=True)
    name = models.TextField()
    runtime = models.TextField()
    model = models.TextField()

    class Meta:
        db_table = "workspaces"
