from django.db import migrations

from api.tile_columns import surface_columns


class Migration(migrations.Migration):
    dependencies = [("api", "0001_tile_columns"), ("basins", "0002_commune_shapes_and_perimeters")]
    operations = surface_columns("basins_commune", far=False)
