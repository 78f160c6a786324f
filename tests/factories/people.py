"""Persons and what ties them; each row is the least that is valid."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from answerable.people.models import Delegation, Organisation, Person, RoleGrant
from answerable.people.states import RoleName, ScopeType


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    password = "!"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)
    slug = factory.Sequence("organisation-{}".format)


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    from_on = date(2020, 1, 1)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = RoleName.MODERATOR
    scope_type = ScopeType.SITE
    granted_at = datetime(2020, 1, 1, tzinfo=UTC)
