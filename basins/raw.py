"""Raw rows of the geography and living-conditions data sets, kept as the producers write them."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField

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
    """Event by which a commune passed to another code or another name; no name before for a part of a commune."""

    code_before = models.CharField(max_length=5)
    code_after = models.CharField(max_length=5)
    effective_on = models.DateField()
    kind = models.CharField(max_length=2)
    name_before = models.CharField(max_length=100, blank=True)
    name_after = models.CharField(max_length=100)


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


class RawEquipment(RawRow):
    """Equipment of a commune by type; a type not named for a listed commune is a zero."""

    insee_code = models.CharField(max_length=5)
    nurses = models.PositiveIntegerField()
    pharmacies = models.PositiveIntegerField()
    nurseries = models.PositiveIntegerField()
    primary_schools = models.PositiveIntegerField()
    middle_schools = models.PositiveIntegerField()
    high_schools = models.PositiveIntegerField()
    large_stores = models.PositiveIntegerField()
    stations = models.PositiveIntegerField()


class RawDensityLevel(RawRow):
    """Level of a commune in the communal density grid, in words."""

    insee_code = models.CharField(max_length=5)
    level = models.CharField(max_length=40)


class RawDisasterOrders(RawRow):
    """Natural-disaster orders of a commune: since 1982, and over the ten years before the file."""

    insee_code = models.CharField(max_length=5)
    total = models.PositiveIntegerField()
    recent = models.PositiveIntegerField()


class RawSalePrice(RawRow):
    """Sales of dwellings in a commune over a year, and their mean price, EUR/m2."""

    insee_code = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    sales = models.PositiveIntegerField()
    mean_eur_m2 = models.FloatField()


class RawFlatPrice(RawRow):
    """Sales of single flats in a commune over several years, and their median price, EUR/m2."""

    insee_code = models.CharField(max_length=5)
    sales = models.PositiveIntegerField()
    median_eur_m2 = models.FloatField()


class RawPropertyTax(RawRow):
    """Total rate of the property tax on buildings in a commune, % (commune, EPCI, syndicates)."""

    insee_code = models.CharField(max_length=5)
    rate_pct = models.FloatField(null=True)


class RawPermits(RawRow):
    """Dwellings authorised in a commune, one number a year from the first; null is a blank of the producer."""

    insee_code = models.CharField(max_length=5)
    first_year = models.PositiveSmallIntegerField()
    authorised = ArrayField(models.IntegerField(null=True))


class RawZoneUnemployment(RawRow):
    """Unemployment rate of a zone in a quarter, % of the labour force, seasonally adjusted."""

    zone = models.CharField(max_length=4)
    quarter = models.CharField(max_length=7)
    rate_pct = models.FloatField()


class RawIncome(RawRow):
    """Median standard of living of a commune, EUR a year per consumption unit, and whether it is confidential."""

    insee_code = models.CharField(max_length=5)
    median_eur = models.FloatField(null=True)
    is_secret = models.BooleanField()


class RawZoneProfile(RawRow):
    """Census, tax and income figures of a zone, %."""

    zone = models.CharField(max_length=4)
    population_change_pct = models.FloatField(null=True)
    natural_change_pct = models.FloatField(null=True)
    aged_75_pct = models.FloatField(null=True)
    workers_pct = models.FloatField(null=True)
    managers_pct = models.FloatField(null=True)
    retired_pct = models.FloatField(null=True)
    below_bac_pct = models.FloatField(null=True)
    beyond_bac2_pct = models.FloatField(null=True)
    employment_rate_pct = models.FloatField(null=True)
    industry_jobs_pct = models.FloatField(null=True)
    median_income_eur = models.FloatField(null=True)
    poverty_pct = models.FloatField(null=True)
