from django.urls import URLPattern, path

from shouwen.cases.web.contact import customer, registering, requesting

urlpatterns: list[URLPattern] = [
    path("register/", registering.register, name="register"),
    path("register/lookup/", registering.lookup, name="register-lookup"),
    path("register/promise/", registering.promise, name="register-promise"),
    path("request/", requesting.request, name="request"),
    path("request/done/<str:token>/", requesting.done, name="request-done"),
    path("r/<str:token>/", customer.customer, name="customer"),
    path("r/<str:token>/answer/", customer.answer, name="customer-answer"),
    path("r/<str:token>/messages/", customer.message, name="customer-message"),
    path("r/<str:token>/understanding/", customer.understanding, name="customer-understanding"),
    path("r/<str:token>/praise/", customer.praise, name="customer-praise"),
]
