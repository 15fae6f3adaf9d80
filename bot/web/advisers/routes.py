"""Every address of the console; those with a fixed name come before those with a number in their place."""

from starlette.routing import Route

from bot.web.advisers import (
    administration,
    agenda,
    appointments,
    booking,
    calendar,
    caller,
    charts,
    contents,
    entrance,
    exchange_replies,
    exchanges,
    hours,
    inbox,
    provider,
    returns,
    streams,
    talk,
)

routes: list[Route] = [
    *entrance.routes,
    *provider.routes,
    *administration.routes,
    *streams.routes,
    *inbox.routes,
    *talk.routes,
    *agenda.routes,
    *hours.routes,
    *calendar.routes,
    *caller.routes,
    *appointments.routes,
    *booking.routes,
    *contents.routes,
    *charts.routes,
    *returns.routes,
    *exchanges.routes,
    *exchange_replies.routes,
]
