"""The catalogue: the forms that the city has published, as the kiosk believes, keeps and reads them."""
