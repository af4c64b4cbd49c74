"""Raw rows of the geography and living-conditions data sets, kept as the producers write them."""

from django.contrib.gis.db import models

from sources.models import RawRow


class RawRegion(RawRow):
    """Région of the code officiel géographique."""

    code = models.CharField(max_length=2)
    name = models.CharField(max_length=60)


class RawDepartment(RawRow):
    """Département of the code officiel géographique."""

    code = models.CharField(max_length=3)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=2)


class RawCommune(RawRow):
    """Commune, or municipal arrondissement of Paris, Lyon or Marseille with its parent commune."""

    insee_code = models.CharField(max_length=5)
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    department = models.CharField(max_length=3, blank=True)
    parent = models.CharField(max_length=5, blank=True)


class RawCommuneMove(RawRow):
    """Event by which the territory of a commune code passed to another code."""

    code_before = models.CharField(max_length=5)
    code_after = models.CharField(max_length=5)
    effective_on = models.DateField()
    kind = models.CharField(max_length=2)


class RawCommunePlace(RawRow):
    """Zone, grouping, population and a point of each commune."""

    insee_code = models.CharField(max_length=5)
    zone = models.CharField(max_length=4)
    epci_siren = models.CharField(max_length=9, blank=True)
    population = models.PositiveIntegerField()
    population_year = models.PositiveSmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()


class RawCommuneShape(RawRow):
    """Simplified outline of a commune."""

    insee_code = models.CharField(max_length=5)
    geom = models.GeometryField(spatial_index=False)


class RawEpciCommune(RawRow):
    """Commune of an intercommunalité with its own tax; legal form: CC, CA, CU, METRO, MET69."""

    insee_code = models.CharField(max_length=5)
    siren = models.CharField(max_length=9)
    name = models.CharField(max_length=150)
    legal_form = models.CharField(max_length=8)


class RawEptCommune(RawRow):
    """Commune of an établissement public territorial of the Grand Paris."""

    insee_code = models.CharField(max_length=5)
    siren = models.CharField(max_length=9)
    name = models.CharField(max_length=150)


class RawPopulation(RawRow):
    """Population municipale of a commune, of an arrondissement in Paris, Lyon and Marseille."""

    insee_code = models.CharField(max_length=5)
    population = models.PositiveIntegerField()


class RawZoneOutline(RawRow):
    """Outline of a zone d'emploi."""

    zone = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    region_codes = models.CharField(max_length=20)
    area_km2 = models.FloatField()
    lon = models.FloatField()
    lat = models.FloatField()
    geom = models.GeometryField(spatial_index=False)


class RawIndustryTerritory(RawRow):
    """Outline of a Territoire d'industrie."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    geom = models.GeometryField(spatial_index=False)


class RawIndustryTerritoryCommune(RawRow):
    """Commune of a Territoire d'industrie."""

    insee_code = models.CharField(max_length=5)
    territory = models.CharField(max_length=20)


class RawIndustryTerritoryMember(RawRow):
    """Grouping or single commune that joined a Territoire d'industrie."""

    territory = models.CharField(max_length=20)
    kind = models.CharField(max_length=4)
    siren = models.CharField(max_length=9)
    name = models.CharField(max_length=150)


class RawNeighbourLand(RawRow):
    """Outline of a country, for the base map."""

    code = models.CharField(max_length=3)
    name = models.CharField(max_length=60)
    geom = models.GeometryField(spatial_index=False)


class RawRent(RawRow):
    """Advertised rent predicted for a commune, EUR/m2/month, charges included, with its 95 % prediction interval."""

    insee_code = models.CharField(max_length=5)
    rent = models.FloatField()
    rent_low = models.FloatField()
    rent_high = models.FloatField()
    grain = models.CharField(max_length=10)
    advert_count = models.PositiveIntegerField()


class RawDwellings(RawRow):
    """Dwellings of a commune by use, census."""

    insee_code = models.CharField(max_length=5)
    dwellings = models.PositiveIntegerField()
    main_homes = models.PositiveIntegerField()
    second_homes = models.PositiveIntegerField()
    vacant = models.PositiveIntegerField()


class RawLongVacancy(RawRow):
    """Vacant share of the private stock of a commune, and share vacant for over two years; null is secret."""

    insee_code = models.CharField(max_length=5)
    vacancy_pct = models.FloatField(null=True)
    long_vacancy_pct = models.FloatField(null=True)


class RawPractitioners(RawRow):
    """General practitioners who practise in a commune."""

    insee_code = models.CharField(max_length=5)
    general_practitioners = models.PositiveIntegerField()


class RawZoneMigration(RawRow):
    """Yearly population change of a zone due to net migration, % of the population."""

    zone = models.CharField(max_length=4)
    net_migration_pct = models.FloatField(null=True)
