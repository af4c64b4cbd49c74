"""The CNIG standard « Sites économiques » v2024-10: columns of its tables and values of its closed lists."""

PARK_COLUMNS = (
    "site_id", "pole_id", "site_nom", "site_type", "site_vocadomi", "site_etat", "site_surf_brute", "site_surf_utile",
    "site_creation_date", "site_identif_date", "site_actu_date", "source_producteur", "site_description",
    "site_quali_territoire", "site_evol_urba", "site_url", "site_epci_nom", "site_epci_siren", "site_comm_nom",
    "site_comm_insee", "site_moa_type", "site_moa_nom", "site_moa_amngt", "site_moa_comm", "site_uf_nbre",
    "site_uf_vacant_nbre", "site_taux_vacance", "site_uf_bati_nbre", "site_nb_etab", "site_nb_emploi",
    "site_geomsurf", "site_geompoint", "site_media", "site_surf_comm_dispo", "site_surf_projet",
    "site_voca_industrielle", "site_voca_commerciale", "site_voca_tertiaire", "site_voca_artisanale",
    "site_voca_touristique", "site_voca_portuaire", "site_voca_aeroportuaire", "reseau_eau_pluviale",
    "reseau_eau_potable", "reseau_assainissement", "reseau_gaz", "reseau_electrique", "reseau_fibre_optique",
    "reseau_fret_ferroviaire", "reseau_fluvial", "desserte_tc", "desserte_route_nom", "autoroute_nom",
    "autoroute_echang_dist", "gare_nom", "gare_dist", "gare_fret_nom", "gare_fret_dist", "aeroport_nom",
    "aeroport_dist", "port_nom", "port_dist",
)  # fmt: skip
PLOT_COLUMNS = (
    "terr_id", "site_id", "terr_refcad", "terr_surf_brute", "terr_utile", "terr_identif_date", "terr_actu_date",
    "terr_maitrise_fonc", "terr_stade_amngt", "terr_stade_comm", "terr_etat_occup", "terr_usage",
    "terr_url_cartofriches", "terr_geomsurf", "terr_cle_en_main", "terr_acquereur", "terr_cession_date",
    "terr_vente_montant", "terr_m2_prix",
)  # fmt: skip
NOT_SAID = ("inconnu", "autre", "sans objet")
PARK_TYPES = (
    "zone d'activité économique", "site économique historique hors ZAE", "établissement économique isolé",
    "zone 2AU à vocation économique", *NOT_SAID,
)  # fmt: skip
VOCATIONS = (
    "mixte", "mixte, sans dominante", "mixte à dominante logistique", "commerciale", "industrielle", "tertiaire",
    "artisanale", "entrepôts, logistique", "touristique", "aéroportuaire, aéronautique", "logistique agricole",
    "portuaire", *NOT_SAID,
)  # fmt: skip
PARK_STAGES = (
    "existant et actif", "en projet", "création", "projet de déclassement", "déclassé", "annulé", *NOT_SAID,
)  # fmt: skip
FITTING_STAGES = (
    "viabilisé et aménagé", "viabilisation en cours", "viabilisé non aménagé", "non aménagé, non viabilisé",
    "non aménageable", *NOT_SAID,
)  # fmt: skip
SALE_STAGES = (
    "vendu, commercialisation achevée", "en vente", "en vente avec contraintes", "réservé par option de réservation",
    "réservé par une délibération de l'EPCI", "non commercialisé", "non commercialisable", *NOT_SAID,
)  # fmt: skip
FOR_SALE = ("en vente", "en vente avec contraintes")
VOCATION_FLAGS = (
    "site_voca_industrielle", "site_voca_commerciale", "site_voca_tertiaire", "site_voca_artisanale",
    "site_voca_touristique", "site_voca_portuaire", "site_voca_aeroportuaire",
)  # fmt: skip
NETWORKS = {
    "reseau_eau_pluviale": "rain_water",
    "reseau_eau_potable": "drinking_water",
    "reseau_assainissement": "sewer",
    "reseau_gaz": "gas",
    "reseau_electrique": "electricity",
    "reseau_fibre_optique": "fibre",
    "reseau_fret_ferroviaire": "rail_siding",
    "reseau_fluvial": "river_quay",
    "desserte_tc": "public_transport",
}
