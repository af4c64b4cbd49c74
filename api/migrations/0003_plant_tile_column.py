from django.db import migrations

from api.tile_columns import point_column


class Migration(migrations.Migration):
    dependencies = [("api", "0002_commune_tile_columns"), ("economy", "0001_initial")]
    operations = point_column("economy_plant")
