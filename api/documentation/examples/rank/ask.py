import json
from urllib.parse import urlencode
from urllib.request import urlopen

asked = urlencode({"activity": "32.50B", "weights": "skills:40,land:20", "limit": 5})
ranking = json.load(urlopen(f"BASE/api/v1/rankings?{asked}"))

print(ranking["activity"]["label"], "· édition", ranking["edition"])
for row in ranking["results"]:
    ends = f"{row['rank_p05']:.0f}-{row['rank_p95']:.0f}"
    print(f"{row['rank']:>3}  {row['basin']['name']:<20} {row['score']:5.1f}  rang {ends} neuf fois sur dix")
