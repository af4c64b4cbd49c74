from django.db import migrations

from api.tile_columns import point_column, surface_columns


class Migration(migrations.Migration):
    initial = True
    dependencies = [("basins", "0001_initial"), ("infrastructure", "0001_initial")]
    operations = [
        *surface_columns("basins_employmentzone"),
        *surface_columns("basins_perimeter"),
        *point_column("infrastructure_brownfieldsite"),
        *point_column("infrastructure_logisticsnode"),
    ]
