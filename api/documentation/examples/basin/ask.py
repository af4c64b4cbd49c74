import json
from urllib.request import urlopen

basin = json.load(urlopen("BASE/api/v1/basins/2716"))

print(basin["name"], "·", basin["population"], "habitants")
for one in basin["indicators"][:6]:
    # null n'est pas zéro : le statut dit pourquoi le chiffre manque.
    value = one["status"] if one["value"] is None else f"{one['value']:.1f} {one['unit']}"
    print(f"{one['label']} : {value} ({one['source']}, {one['vintage']})")
