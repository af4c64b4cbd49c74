"""The names that communes bore before, beside their codes."""

import django.contrib.postgres.indexes
from django.db import migrations, models

SOURCE = "insee-commune-moves"


def forget_moves_without_names(apps, _editor):
    """Raw moves read so far lack the names: `build_edition` then asks for their file by name."""
    apps.get_model("basins", "RawCommuneMove").objects.all().delete()
    apps.get_model("sources", "Release").objects.filter(source_id=SOURCE).update(has_rows=False)


class Migration(migrations.Migration):
    dependencies = [
        ("basins", "0004_own_lists"),
        ("sources", "0002_release_part"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="formercommune",
            options={
                "ordering": ("code", "name"),
                "verbose_name": "ancienne commune",
                "verbose_name_plural": "anciennes communes",
            },
        ),
        migrations.RemoveConstraint(model_name="formercommune", name="former_commune_code_once"),
        migrations.AddField(
            model_name="formercommune",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="jusqu'au"),
        ),
        migrations.AddField(
            model_name="formercommune",
            name="is_direct",
            field=models.BooleanField(
                default=False,
                help_text="faux quand d'autres changements ont suivi",
                verbose_name="devenue celle d'aujourd'hui",
            ),
        ),
        migrations.AddField(
            model_name="formercommune",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="ancien nom"),
        ),
        migrations.AddField(
            model_name="formercommune",
            name="name_normalised",
            field=models.CharField(blank=True, max_length=100, verbose_name="nom sans accents"),
        ),
        migrations.AddField(
            model_name="rawcommunemove",
            name="name_after",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rawcommunemove",
            name="name_before",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddIndex(
            model_name="formercommune",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["name_normalised"], name="former_commune_name_trigram", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="formercommune",
            constraint=models.UniqueConstraint(fields=("edition", "code", "name"), name="former_commune_name_once"),
        ),
        migrations.RunPython(forget_moves_without_names, migrations.RunPython.noop),
    ]
