from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0003_plant_tile_column")]
    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("client", models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name="client")),
                ("minute", models.BigIntegerField(help_text="depuis 1970", verbose_name="minute")),
                ("spent", models.PositiveIntegerField(verbose_name="unités dépensées")),
            ],
            options={"verbose_name": "dépense d'un client", "verbose_name_plural": "dépenses des clients"},
        ),
        # Half-empty pages: the same few rows are rewritten at each request, in place.
        migrations.RunSQL(
            "ALTER TABLE api_ratecount SET UNLOGGED; ALTER TABLE api_ratecount SET (fillfactor = 50)",
            migrations.RunSQL.noop,
        ),
    ]
