library(jsonlite)

asked <- "activity=32.50B&weights=skills:40,land:20&limit=5"
ranking <- fromJSON(paste0("BASE/api/v1/rankings?", asked))

rows <- ranking$results
data.frame(
  rank = rows$rank, basin = rows$basin$name, score = round(rows$score, 1),
  from = rows$rank_p05, to = rows$rank_p95
)
