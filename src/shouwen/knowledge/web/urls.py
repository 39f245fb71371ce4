from django.urls import path

from shouwen.knowledge.web import answers, articles, figures, lifecycle, phrases, templates, wordings

app_name = "knowledge"
urlpatterns = [
    path("knowledge/", articles.listing, name="articles"),
    path("knowledge/new/", articles.new, name="new"),
    path("knowledge/preview/", articles.preview, name="preview"),
    path("knowledge/searches/<int:miss_id>/", lifecycle.drop_miss, name="drop-miss"),
    path("knowledge/<int:article_id>/", articles.article, name="article"),
    path("knowledge/<int:article_id>/text/", articles.edit, name="edit"),
    path("knowledge/<int:article_id>/versions/", articles.versions, name="versions"),
    path("knowledge/<int:article_id>/versions/<int:number>/decision/", lifecycle.decision, name="decision"),
    path("knowledge/<int:article_id>/publication/", lifecycle.publication, name="publication"),
    path("knowledge/<int:article_id>/retirement/", lifecycle.retirement, name="retirement"),
    path("knowledge/<int:article_id>/return/", lifecycle.bringing_back, name="bringing-back"),
    path("knowledge/<int:article_id>/review/", lifecycle.review, name="review"),
    path("knowledge/<int:article_id>/vote/", lifecycle.vote, name="vote"),
    path("knowledge/templates.json", answers.templates, name="templates-json"),
    path("knowledge/templates/", templates.listing, name="templates"),
    path("knowledge/templates/new/", templates.new, name="new-template"),
    path("knowledge/templates/<int:template_id>/", templates.template, name="template"),
    path("knowledge/templates/<int:template_id>/uses/", answers.use_template, name="use-template"),
    path("knowledge/wordings/", wordings.listing, name="wordings"),
    path("knowledge/wordings/new/", wordings.new, name="new-wording"),
    path("knowledge/wordings/<int:wording_id>/", wordings.wording, name="wording"),
    path("knowledge/wordings/<int:wording_id>/end/", wordings.end, name="end-wording"),
    path("knowledge/check/", answers.check, name="check"),
    path("knowledge/phrases/figures/", figures.by_team, name="figures"),
    path("knowledge/phrases/", phrases.listing, name="phrases"),
    path("knowledge/phrases/new/", phrases.new, name="new-phrase"),
    path("knowledge/phrases/<int:phrase_id>/", phrases.phrase, name="phrase"),
    path("knowledge/jargon/new/", phrases.new_term, name="new-jargon"),
    path("knowledge/jargon/<int:term_id>/", phrases.term, name="jargon"),
]
