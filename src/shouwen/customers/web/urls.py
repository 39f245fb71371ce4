from django.urls import path

from shouwen.customers.web import assets, contacts, flags, merging, one, privacy, register

app_name = "customers"
urlpatterns = [
    path("customers/", one.listing, name="list"),
    path("customers/new/", register.new, name="new"),
    path("customers/organisations/", register.organisations, name="organisations"),
    path("customers/flags/", flags.overview, name="flags"),
    path("customers/<int:customer_id>/", one.customer, name="customer"),
    path("customers/<int:customer_id>/history/", one.history, name="history"),
    path("customers/<int:customer_id>/edit/", register.edit, name="edit"),
    path("customers/<int:customer_id>/tier/", register.tier, name="tier"),
    path("customers/<int:customer_id>/contacts/", contacts.new, name="new-contact"),
    path("customers/<int:customer_id>/contacts/<int:contact_id>/reveal/", contacts.reveal, name="reveal"),
    path("customers/<int:customer_id>/contacts/<int:contact_id>/primary/", contacts.primary, name="primary"),
    path("customers/<int:customer_id>/contacts/<int:contact_id>/removal/", contacts.removal, name="removal"),
    path("customers/<int:customer_id>/assets/new/", assets.new, name="new-asset"),
    path("customers/<int:customer_id>/assets/<int:asset_id>/", assets.asset, name="asset"),
    path("customers/<int:customer_id>/flags/new/", flags.new, name="new-flag"),
    path("customers/flags/<int:flag_id>/review/", flags.review, name="review-flag"),
    path("customers/flags/<int:flag_id>/hearing/", flags.hearing, name="flag-hearing"),
    path("customers/flags/<int:flag_id>/end/", flags.end, name="end-flag"),
    path("customers/<int:customer_id>/merge/", merging.merge, name="merge"),
    path("customers/merges/<int:merge_id>/undo/", merging.undo, name="undo-merge"),
    path("customers/<int:customer_id>/data/", privacy.data, name="data"),
    path("customers/<int:customer_id>/data/export/", privacy.export, name="export"),
    path("customers/<int:customer_id>/data/erasure/", privacy.erasure, name="erasure"),
    path("customers/<int:customer_id>/data/holds/", privacy.holds, name="holds"),
    path("customers/holds/<int:hold_id>/release/", privacy.release, name="release-hold"),
]
