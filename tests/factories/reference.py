"""Rows of the reference room, each the least valid one; loaded rows are taken as they are."""

import factory

from answerable.reference.models import (
    Country,
    EntityType,
    Goal,
    Indicator,
    Language,
    Region,
    Sector,
    StakeholderGroup,
    Target,
)


class GoalFactory(factory.django.DjangoModelFactory[Goal]):
    """A goal; number 17 as loaded unless told otherwise."""

    class Meta:
        model = Goal
        django_get_or_create = ("number",)

    number = 17
    color = "#19486a"
    needs_dark_text = False


class TargetFactory(factory.django.DjangoModelFactory[Target]):
    """A target of goal 17."""

    class Meta:
        model = Target
        django_get_or_create = ("code",)

    code = "17.16"
    goal = factory.SubFactory(GoalFactory)
    position = factory.Sequence(lambda number: 1000 + number)


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    """An indicator of target 17.16."""

    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "17.16.1"
    target = factory.SubFactory(TargetFactory)
    position = factory.Sequence(lambda number: 1000 + number)
    framework_edition = "2020"


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    """The region Asia."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "142"
    labels = factory.LazyFunction(lambda: {"en": "Asia"})


class CountryFactory(factory.django.DjangoModelFactory[Country]):
    """The country Thailand."""

    class Meta:
        model = Country
        django_get_or_create = ("iso3",)

    iso3 = "THA"
    iso2 = "TH"
    m49 = "764"


class SectorFactory(factory.django.DjangoModelFactory[Sector]):
    """The sector civil society."""

    class Meta:
        model = Sector
        django_get_or_create = ("key",)

    key = "civil_society"
    position = factory.Sequence(lambda number: 100 + number)
    labels = factory.LazyFunction(lambda: {"en": "Civil society"})


class StakeholderGroupFactory(factory.django.DjangoModelFactory[StakeholderGroup]):
    """The stakeholder group of women."""

    class Meta:
        model = StakeholderGroup
        django_get_or_create = ("key",)

    key = "women"
    kind = "major_group"
    position = factory.Sequence(lambda number: 100 + number)
    labels = factory.LazyFunction(lambda: {"en": "Women"})


class EntityTypeFactory(factory.django.DjangoModelFactory[EntityType]):
    """The entity type of non-governmental organisations."""

    class Meta:
        model = EntityType
        django_get_or_create = ("key",)

    key = "ngo"
    position = factory.Sequence(lambda number: 100 + number)
    labels = factory.LazyFunction(lambda: {"en": "Non-governmental organisation"})


class LanguageFactory(factory.django.DjangoModelFactory[Language]):
    """The language English."""

    class Meta:
        model = Language
        django_get_or_create = ("code",)

    code = "en"
    iso639_3 = "eng"
    direction = "ltr"
    position = factory.Sequence(lambda number: 100 + number)
