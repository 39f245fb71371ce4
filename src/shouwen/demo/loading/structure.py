"""Departments, teams, staff, customers, assets: by the services that an organisation would use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from shouwen.customers.models import Asset, ContactPoint, Customer
from shouwen.customers.rules import spelling
from shouwen.demo import company
from shouwen.demo.dice import Dice
from shouwen.people import services as people
from shouwen.people.models import Department, Provider, Staff, Team
from shouwen.platform.access import SYSTEM
from shouwen.platform.preferences import services as preferences

CUSTOMERS = 300
TIERS = "A" * 60 + "B" * 90 + "C" * 90 + "D" * 60


@dataclass
class World:
    departments: dict[str, Department]
    teams: dict[str, Team]
    providers: dict[str, Provider]
    staff: dict[str, Staff]
    customers: list[Customer]
    assets: dict[int, list[Asset]]
    mails: dict[int, str]


@transaction.atomic
def build(at: datetime, dice: Dice) -> World:
    preferences.change(values={"organisation.name": company.ORGANISATION}, at=at, by=SYSTEM)
    departments = {
        name: people.create_department(name=name, at=at, by=SYSTEM) for name in company.DEPARTMENTS
    }
    teams = {
        name: people.create_team(name=name, department=departments[of], at=at, by=SYSTEM)
        for name, of in company.TEAMS
    }
    providers = {
        name: people.create_provider(name=name, sort=sort, at=at, by=SYSTEM)
        for name, sort in company.PROVIDERS
    }
    for code, name in company.SKILLS:
        people.create_skill(code=code, name=name, at=at, by=SYSTEM)
    world = World(departments, teams, providers, {}, [], {}, {})
    hashed = make_password(company.PASSWORD)
    for person in company.STAFF:
        world.staff[person.username] = _hire(person, world, hashed, at)
    _customers(world, at, dice)
    return world


def _hire(person: company.Person, world: World, hashed: str, at: datetime) -> Staff:
    staff = people.hire(
        username=person.username,
        name=person.name,
        email=f"{person.username}@demo.example",
        hashed=hashed,
        title=person.title,
        roles=person.roles,
        department=world.departments.get(person.department),
        teams=[world.teams[name] for name in person.teams],
        provider=world.providers.get(person.provider),
        skills=dict.fromkeys(person.skills, 4),
        languages=("zh-hans", "en") if person.english else ("zh-hans",),
        authority_level=person.authority,
        capacity=40,
        at=at,
        by=SYSTEM,
    )
    people.set_presence(staff_id=staff.id, presence=person.presence, at=at, by=SYSTEM)
    for name in person.teams:
        if "supervisor" in person.roles:
            people.set_lead(staff_id=staff.id, team_id=world.teams[name].pk, lead=True, at=at, by=SYSTEM)
    if person.limits:
        people.set_limits(staff_id=staff.id, limits=person.limits, at=at, by=SYSTEM)
    return staff


def _customers(world: World, at: datetime, dice: Dice) -> None:
    """300 customers: fifty organisations, their people, and persons of their own."""
    long_ago = at - timedelta(days=120)
    tiers = list(TIERS)
    dice.shuffle(tiers)
    firms = [_row(dice.firm(), "organisation", tiers.pop(), long_ago) for _n in range(50)]
    Customer.objects.bulk_create(firms)
    rows = []
    for n in range(CUSTOMERS - len(firms)):
        row = _row(dice.person(), "person", tiers.pop(), long_ago)
        if n < 130:
            row.organisation = firms[n % len(firms)]
        rows.append(row)
    world.customers = Customer.objects.bulk_create(rows)
    contacts: list[ContactPoint] = []
    for n, customer in enumerate(world.customers):
        mail = f"customer{n + 1:03d}@demo.example"
        world.mails[customer.pk] = mail
        contacts.append(_contact(customer, "email", mail, mail, at))
        # 199 1234 5xxx: a block we keep to for demonstration numbers
        number = f"1991234{5000 + n}"
        contacts.append(_contact(customer, "phone", number, f"+86{number}", at))
    ContactPoint.objects.bulk_create(contacts)
    _assets(world, at, dice)


def _row(name: str, kind: str, tier: str, at: datetime) -> Customer:
    letters, initials = spelling(name)
    return Customer(
        name=name,
        kind=kind,
        tier=tier,
        spelling=letters,
        initials=initials,
        created_at=at,
        last_contact_at=at,
    )


def _contact(customer: Customer, kind: str, value: str, normalised: str, at: datetime) -> ContactPoint:
    return ContactPoint(
        customer=customer,
        kind=kind,
        value=value,
        normalised=normalised,
        backwards=normalised[::-1],
        primary=True,
        created_at=at,
    )


def _assets(world: World, at: datetime, dice: Dice) -> None:
    rows: list[Any] = []
    for customer in world.customers:
        for _n in range(dice.choice((1, 1, 1, 2, 3))):
            name, model = dice.choice(company.MACHINES)
            bought = at.date() - timedelta(days=dice.randint(30, 1500))
            rows.append(
                Asset(
                    customer=customer,
                    name=name,
                    model=model,
                    serial_number=f"DEMO{dice.randint(100000, 999999)}",
                    bought_on=bought,
                    warranty_until=bought + timedelta(days=730),
                    created_at=at,
                )
            )
    for asset in Asset.objects.bulk_create(rows):
        world.assets.setdefault(asset.customer_id, []).append(asset)
