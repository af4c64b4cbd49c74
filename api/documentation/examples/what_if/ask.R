library(httr2)

question <- list(
  activity = "32.50B", basin = "8427", changes = list(land.sites = 4)
)
found <- request("BASE/api/v1/what-if") |>
  req_body_json(question) |>
  req_perform() |>
  resp_body_json()

c(before = found$before$rank, after = found$after$rank)
