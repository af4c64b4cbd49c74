library(jsonlite)

basin <- fromJSON("BASE/api/v1/basins/2716")

# NA n'est pas zéro : la colonne status dit pourquoi le chiffre manque.
head(basin$indicators[, c("label", "value", "unit", "status", "source", "vintage")])
